-- time
DELETE FROM subscriber WHERE lease_until <= ?1

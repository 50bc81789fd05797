-- now: a host that may be asked again needs no row
DELETE FROM host WHERE retry_at < ?1

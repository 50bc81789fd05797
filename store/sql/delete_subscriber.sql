-- callback and topic
DELETE FROM subscriber WHERE callback = ?1 AND topic = ?2

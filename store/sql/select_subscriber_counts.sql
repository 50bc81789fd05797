-- host:port, callback, topic, time: how many there are in all and at the host,
-- the one of callback and topic not counted
SELECT count(*), count(*) FILTER (WHERE host = ?1)
FROM subscriber WHERE lease_until > ?4 AND NOT (callback = ?2 AND topic = ?3)

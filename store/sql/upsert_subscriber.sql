-- callback, topic, name of the feed, host:port, secret, lease_until. A new one
-- has read the Feed as it is; who subscribes again keeps what it was told.
INSERT INTO subscriber (callback, topic, feed_id, host, secret, lease_until, told, due, failures, error)
SELECT ?1, ?2, id, ?4, ?5, ?6, changed, 0, 0, '' FROM feed WHERE name = ?3
ON CONFLICT (callback, topic) DO UPDATE
SET feed_id = excluded.feed_id, host = excluded.host, secret = excluded.secret, lease_until = excluded.lease_until,
    due = 0, failures = 0, error = ''

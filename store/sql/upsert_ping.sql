-- hub, name of the feed, and what a ping changes
INSERT INTO ping (hub, feed_id, told, due, failures, error) SELECT ?1, id, ?3, ?4, ?5, ?6 FROM feed WHERE name = ?2
ON CONFLICT (hub, feed_id) DO UPDATE
SET told = excluded.told, due = excluded.due, failures = excluded.failures, error = excluded.error

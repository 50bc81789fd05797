-- feed, text. What is there is updated to what it is, for only that returns its id.
INSERT INTO reason (feed_id, text) VALUES (?1, ?2)
ON CONFLICT DO UPDATE SET text = excluded.text
RETURNING id

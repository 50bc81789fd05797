-- origin, status, text, error, fetched, expires
INSERT INTO robots (origin, status, text, error, fetched, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (origin) DO UPDATE SET status = excluded.status, text = excluded.text, error = excluded.error, fetched = excluded.fetched, expires = excluded.expires

-- name, when it may be asked again
INSERT INTO host (name, retry_at) VALUES (?1, ?2)
ON CONFLICT (name) DO UPDATE SET retry_at = excluded.retry_at

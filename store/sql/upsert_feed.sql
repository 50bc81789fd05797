-- name, title, rule, prefer, position
INSERT INTO feed (name, title, rule, prefer, position, changed) VALUES (?1, ?2, ?3, ?4, ?5, 0)
ON CONFLICT (name) DO UPDATE SET title = excluded.title, rule = excluded.rule, prefer = excluded.prefer, position = excluded.position
RETURNING id

-- source, key, link, headline, time
INSERT INTO tombstone (source_id, key, link_key, title, removed) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT DO UPDATE SET link_key = excluded.link_key, title = excluded.title, removed = excluded.removed

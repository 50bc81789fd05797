-- source, key, link, headline, published, time
INSERT INTO tombstone (source_id, key, link_key, title, published, removed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO UPDATE SET link_key = excluded.link_key, title = excluded.title, published = excluded.published, removed = excluded.removed

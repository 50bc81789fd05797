INSERT INTO tombstone (source_id, key, removed) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING

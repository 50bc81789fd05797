INSERT INTO repeated_name (source_id, key) VALUES (?1, ?2) ON CONFLICT DO NOTHING

INSERT INTO repeated_guid (source_id, key) VALUES (?1, ?2) ON CONFLICT DO NOTHING

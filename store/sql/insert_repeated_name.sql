-- Source, and the key of a name that it gave to two Articles at once: it identifies
-- none from now on
INSERT INTO repeated_name (source_id, key) VALUES (?1, ?2) ON CONFLICT DO NOTHING

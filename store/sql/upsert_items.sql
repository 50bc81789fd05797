-- Source, and the items of its Document
INSERT INTO document (source_id, items) VALUES (?1, ?2)
ON CONFLICT DO UPDATE SET items = excluded.items

-- what ids begin with, Source
INSERT INTO minter (prefix, source_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING

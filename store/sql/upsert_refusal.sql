-- Source, name of an item, why it is no Article, and the time; the first such time
-- stays
INSERT INTO refusal (source_id, name, reason, first, last) VALUES (?1, ?2, ?3, ?4, ?4)
ON CONFLICT DO UPDATE SET last = excluded.last

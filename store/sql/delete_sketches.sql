-- of polls whose Articles are all up to an id, some at a time
DELETE FROM sketch WHERE id IN (SELECT id FROM sketch WHERE article_id <= ?1 ORDER BY id LIMIT ?2)

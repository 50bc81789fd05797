-- of Articles up to an id, some at a time
DELETE FROM sketch WHERE seq IN (SELECT seq FROM sketch WHERE article_id <= ?1 ORDER BY seq LIMIT ?2)

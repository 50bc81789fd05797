-- Of Articles up to an id, in one of 256 parts of the index: a little each
-- time, and nobody waits.
DELETE FROM article_key
WHERE key BETWEEN ?1 * 16777216 - 2147483648 AND ?1 * 16777216 - 2130706433 AND article_id <= ?2

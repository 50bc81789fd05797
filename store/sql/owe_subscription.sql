-- source, time: a poll found news that the hub had not delivered, though it had
-- been to since before the poll before
UPDATE subscription SET owed = ?2, trusted = 0
WHERE source_id = ?1 AND state = 'live' AND owed IS NULL AND since < (SELECT last_fetch FROM source WHERE id = ?1)

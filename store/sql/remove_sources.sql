-- names that are still configured, as JSON
UPDATE source SET position = NULL
WHERE position IS NOT NULL AND name NOT IN (SELECT value FROM json_each(?1))

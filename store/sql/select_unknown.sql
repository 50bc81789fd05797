-- names of Sources that were never configured, and of Feeds that are not
SELECT 'source', value FROM json_each(?1) WHERE value NOT IN (SELECT name FROM source)
UNION ALL SELECT 'feed', value FROM json_each(?2) WHERE value NOT IN (SELECT name FROM feed WHERE position IS NOT NULL)

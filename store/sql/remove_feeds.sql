-- names that are still configured, as JSON. What its rule says is unknown when
-- it comes back, hence no rule.
UPDATE feed SET position = NULL, rule = char(0), backlog = 0
WHERE position IS NOT NULL AND name NOT IN (SELECT value FROM json_each(?1))

-- among the Articles whose ids are in a JSON list
SELECT article_id, other_id, score FROM likeness
WHERE article_id IN (SELECT value FROM json_each(?1)) AND other_id IN (SELECT value FROM json_each(?1))

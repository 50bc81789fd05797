-- of the Stories whose ids are in a JSON list, some; -1 is all
SELECT id, story_id, published, born FROM article
WHERE story_id IN (SELECT value FROM json_each(?1)) ORDER BY id LIMIT ?2

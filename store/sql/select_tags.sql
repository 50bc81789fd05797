-- of Stories whose ids are in a JSON list, those with an id that another newswired gave them
SELECT id, tag FROM story WHERE id IN (SELECT value FROM json_each(?1)) AND tag IS NOT NULL

-- of the Stories whose ids are in a JSON list, some; -1 is all
SELECT a.id, a.story_id, coalesce(a.born, a.story_id), a.via, coalesce(a.entry, ''), coalesce(t.tag, '') FROM article a JOIN story t ON t.id = a.story_id
WHERE a.story_id IN (SELECT value FROM json_each(?1)) ORDER BY a.id LIMIT ?2

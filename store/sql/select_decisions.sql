-- what was found out about the Articles of a JSON list, with each other and with others
SELECT l.article_id, l.other_id, l.score, l.verdict, l.reason, l.made, a.story_id, b.story_id
FROM likeness l JOIN article a ON a.id = l.article_id JOIN article b ON b.id = l.other_id
WHERE l.article_id IN (SELECT value FROM json_each(?1))
UNION
SELECT l.article_id, l.other_id, l.score, l.verdict, l.reason, l.made, a.story_id, b.story_id
FROM likeness l JOIN article a ON a.id = l.article_id JOIN article b ON b.id = l.other_id
WHERE l.other_id IN (SELECT value FROM json_each(?1))
ORDER BY 1, 2

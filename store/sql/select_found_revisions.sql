-- what select_found tells, of the Revisions in a JSON list, in its order
SELECT a.id, a.story_id, a.published, r.title
FROM json_each(?1) w
CROSS JOIN revision r ON r.seq = w.value
CROSS JOIN article a ON a.id = r.article_id
ORDER BY w.key

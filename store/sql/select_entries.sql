-- feed, limit
SELECT v.story_id, v.published, v.updated, v.entered, v.article_id
FROM verdict v
WHERE v.feed_id = (SELECT id FROM feed WHERE name = ?1) AND v.passes = 1
ORDER BY v.entered DESC, v.published DESC, v.story_id DESC LIMIT ?2

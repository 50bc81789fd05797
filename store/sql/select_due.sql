-- time, limit: Stories whose waiting ends, those first that most Articles tell
SELECT v.story_id
FROM verdict v JOIN feed f ON f.id = v.feed_id
WHERE v.due <= ?1 AND f.position IS NOT NULL
GROUP BY v.story_id
ORDER BY (SELECT count(*) FROM article a WHERE a.story_id = v.story_id) DESC, v.story_id DESC LIMIT ?2

-- feed, number of the archive
SELECT v.story_id, v.published, v.updated, v.entered, v.article_id
FROM archive a JOIN verdict v ON v.feed_id = a.feed_id AND v.passes = 1 AND v.entered >= a.since AND v.entered < a.until
WHERE a.feed_id = (SELECT id FROM feed WHERE name = ?1) AND a.number = ?2
ORDER BY v.entered DESC, v.published DESC, v.story_id DESC

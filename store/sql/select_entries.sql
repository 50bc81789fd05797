-- feed, limit. SQLite would rather sort all Entries than those that entered at once.
SELECT v.story_id, v.published, v.updated, v.entered, v.article_id
FROM verdict v INDEXED BY entry_order
WHERE v.feed_id = (SELECT id FROM feed WHERE name = ?1) AND v.passes = 1
ORDER BY v.entered DESC, v.published DESC, v.story_id DESC LIMIT ?2

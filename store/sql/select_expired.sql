-- Articles that no Document has listed since a time
SELECT id, source_id, key, story_id FROM article WHERE gone IS NOT NULL AND gone < ?1 ORDER BY gone LIMIT ?2

-- newswired, Entry: the Articles that it tells in it, some
SELECT id, story_id FROM article WHERE via = ?1 AND entry = ?2 ORDER BY id LIMIT 40

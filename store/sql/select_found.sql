-- Articles that have some words, those whose words came last first. The headline
-- counts eight times as much as the text.
SELECT a.id, a.story_id, a.published, bm25(word_index, 1.0, 8.0, 0.0)
FROM word_index w
CROSS JOIN revision r ON r.seq = w.rowid
CROSS JOIN article a ON a.id = r.article_id
WHERE w.word_index MATCH ?1 AND (?2 IS NULL OR a.published >= ?2) AND (?3 IS NULL OR a.published < ?3)
ORDER BY w.rowid DESC LIMIT ?4

-- Articles that have some words, those whose words came last first, of the Revisions
-- after one, up to another. Nothing here may ask how many others have them (bm25 does),
-- for that reads all the index has of a word.
SELECT a.id, a.story_id, a.published, r.title
FROM word_index w
CROSS JOIN revision r ON r.seq = w.rowid
CROSS JOIN article a ON a.id = r.article_id
WHERE w.word_index MATCH ?1 AND (?2 IS NULL OR a.published >= ?2) AND (?3 IS NULL OR a.published < ?3)
  AND w.rowid > ?5 AND w.rowid <= ?6
ORDER BY w.rowid DESC LIMIT ?4

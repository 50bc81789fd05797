-- words, published since, until, a view: the numbers of its rows that belong to an
-- Article with these words, in their order
SELECT DISTINCT CASE ?4 WHEN 'articles' THEN a.id WHEN 'stories' THEN a.story_id ELSE v.seq END AS number
FROM word_index w
CROSS JOIN revision r ON r.seq = w.rowid
CROSS JOIN article a ON a.id = r.article_id
LEFT JOIN revision v ON ?4 = 'revisions' AND v.article_id = a.id
WHERE w.word_index MATCH ?1 AND (?2 IS NULL OR a.published >= ?2) AND (?3 IS NULL OR a.published < ?3)
ORDER BY number

-- a view: the least and the greatest number of its rows, NULL if it has none
SELECT min(id), max(id) FROM article WHERE ?1 = 'articles' HAVING max(id) IS NOT NULL
UNION ALL SELECT min(id), max(id) FROM story WHERE ?1 = 'stories' HAVING max(id) IS NOT NULL
UNION ALL SELECT min(seq), max(seq) FROM revision WHERE ?1 = 'revisions' HAVING max(seq) IS NOT NULL

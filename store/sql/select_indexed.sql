-- What the index has of an Article, if it goes so far
SELECT a.source_id, p.text, r.seq, r.title, r.summary, r.content
FROM article a LEFT JOIN page p ON p.article_id = a.id
JOIN revision r ON r.seq = (SELECT max(seq) FROM revision WHERE article_id = a.id AND seq <= ?2)
WHERE a.id = ?1

-- What the index has of an Article, as long as it goes so far
SELECT r.seq, a.source_id, r.title, r.summary, r.content
FROM revision r JOIN article a ON a.id = r.article_id
WHERE r.article_id = ?1 AND r.seq <= ?2

SELECT r.seq, a.source_id, r.title, r.summary, r.content
FROM revision r JOIN article a ON a.id = r.article_id
WHERE r.seq > ?1 ORDER BY r.seq LIMIT ?2

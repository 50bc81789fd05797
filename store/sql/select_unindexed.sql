-- Revisions after a seq, with the text of the page, and the Revision before that
-- the index has in its place
SELECT a.source_id, p.text, r.seq, r.title, r.summary, r.content, q.seq, q.title, q.summary, q.content
FROM revision r JOIN article a ON a.id = r.article_id LEFT JOIN page p ON p.article_id = a.id
LEFT JOIN revision q ON q.seq = (SELECT max(x.seq) FROM revision x WHERE x.article_id = a.id AND x.seq < r.seq)
WHERE r.seq > ?1 ORDER BY r.seq LIMIT ?2

-- all states of a Story's Articles
SELECT r.article_id, r.seq, r.seen, r.title, r.marker, r.credit, r.summary, r.content
FROM article a JOIN revision r ON r.article_id = a.id
WHERE a.story_id = ?1
ORDER BY r.article_id, r.seq

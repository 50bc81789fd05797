-- what an Article says without its page
SELECT s.name, r.title, r.summary, r.content
FROM article a JOIN source s ON s.id = a.source_id JOIN revision r ON r.seq = a.seq WHERE a.id = ?1

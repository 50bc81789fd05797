-- pages that wait since a time, some
SELECT p.article_id, p.seq, p.url, p.host, p.status, p.error FROM page p JOIN revision r ON r.seq = p.seq
WHERE p.due IS NOT NULL AND r.seen < ?1 LIMIT ?2

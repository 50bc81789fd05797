-- pages that wait since a time, some, and whether their Sources want them still
SELECT p.article_id, p.seq, p.url, p.host, p.status, p.error, s.position IS NOT NULL AND s.full_text = 1
FROM page p CROSS JOIN revision r ON r.seq = p.seq CROSS JOIN article a ON a.id = p.article_id CROSS JOIN source s ON s.id = a.via
WHERE p.due IS NOT NULL AND r.seen < ?1 LIMIT ?2

-- link_key, outlet: the states of its Articles of that page, of whatever Source
-- that is configured, or comes by one that is. What is void stands for nothing.
SELECT r.title, r.summary, r.content FROM article a JOIN source s ON s.id = a.source_id JOIN source v ON v.id = a.via JOIN revision r ON r.article_id = a.id
WHERE a.link_key = ?1 AND a.link_key <> 0 AND s.outlet = ?2 AND v.position IS NOT NULL AND a.deleted IS NULL ORDER BY r.seq DESC LIMIT 100

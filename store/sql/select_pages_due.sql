-- how many pages are to be fetched for each Source, by whose Document they are
-- listed
SELECT s.name, count(*)
FROM page p CROSS JOIN article a ON a.id = p.article_id CROSS JOIN source s ON s.id = a.via
WHERE p.due IS NOT NULL AND s.position IS NOT NULL AND s.full_text = 1 GROUP BY s.id

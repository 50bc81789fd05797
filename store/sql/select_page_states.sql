-- name: the pages of the Articles of a Source's Document by their state
SELECT p.state, count(*) FROM source s CROSS JOIN article a ON a.via = s.id CROSS JOIN pages p ON p.article_id = a.id
WHERE s.name = ?1 GROUP BY p.state

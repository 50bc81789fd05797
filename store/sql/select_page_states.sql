-- name: the pages of a Source's Articles by their state
SELECT p.state, count(*) FROM source s CROSS JOIN article a ON a.source_id = s.id CROSS JOIN pages p ON p.article_id = a.id
WHERE s.name = ?1 GROUP BY p.state

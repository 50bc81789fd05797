-- days from one on, as JSON: the Source's name and for each day the new Articles
SELECT s.name, json_group_object(d.day, d.articles)
FROM source s CROSS JOIN article_day d ON d.source_id = s.id AND d.day >= ?1
WHERE s.position IS NOT NULL GROUP BY s.id

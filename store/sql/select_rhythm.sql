-- name, from when on. What the first Document listed without a date tells
-- nothing of when it was published.
SELECT a.published / 3600000 AS hour, count(*)
FROM source s JOIN article a ON a.via = s.id
WHERE s.name = ?1 AND a.published >= ?2 AND (a.published < a.first_seen OR a.first_seen > s.first_document)
GROUP BY hour

-- name, from when on
SELECT r.hour, r.articles FROM source s JOIN rhythm r ON r.source_id = s.id
WHERE s.name = ?1 AND r.hour >= ?2 / 3600000

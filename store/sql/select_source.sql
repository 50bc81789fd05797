-- name: what has to be known of a Source before its Document is recorded
SELECT id, first_document IS NOT NULL,
       EXISTS (SELECT 1 FROM article WHERE via = source.id) OR EXISTS (SELECT 1 FROM tombstone WHERE source_id = source.id),
       digest, url, outlet, agency, reading, position IS NOT NULL, full_text, relay
FROM source WHERE name = ?1

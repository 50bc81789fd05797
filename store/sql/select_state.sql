-- The items only if the Document is known that they belong to
SELECT validators_url, etag, last_modified, digest, last_fetch, next_fetch, retry_at, failures, kind = 'offline',
    (SELECT items FROM document WHERE source_id = id AND digest IS NOT NULL)
FROM source WHERE name = ?1

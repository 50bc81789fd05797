-- The items only if the Document is known that they belong to
SELECT validators_url, etag, last_modified, digest, last_fetch, next_fetch, next_reason, retry_at, failures,
    kind = 'offline', kind = 'gone', pace, move, (SELECT json_group_object(name, retry_at) FROM host),
    (SELECT items FROM document WHERE source_id = id AND digest IS NOT NULL),
    first_document IS NOT NULL, relay <> '',
    push, (SELECT max(lease_until) FROM subscription WHERE source_id = source.id AND trusted AND since <= last_fetch)
FROM source WHERE name = ?1

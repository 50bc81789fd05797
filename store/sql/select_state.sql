SELECT validators_url, etag, last_modified, digest, last_fetch, next_fetch, next_reason, retry_at, failures,
       kind = 'offline', kind = 'gone', pace, move, (SELECT json_group_object(name, retry_at) FROM host)
FROM source WHERE name = ?1

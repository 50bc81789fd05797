SELECT validators_url, etag, last_modified, digest, last_fetch, next_fetch, retry_at, failures, kind = 'offline' FROM source WHERE name = ?1

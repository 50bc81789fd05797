-- name, url, outlet, agency, position. Another URL is another server: its
-- validators, and what it asked us to wait, do not hold for it.
INSERT INTO source (name, url, outlet, agency, position) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (name) DO UPDATE SET
    outlet = excluded.outlet,
    agency = excluded.agency,
    position = excluded.position,
    validators_url = iif(url = excluded.url, validators_url, ''),
    etag = iif(url = excluded.url, etag, ''),
    last_modified = iif(url = excluded.url, last_modified, ''),
    digest = iif(url = excluded.url, digest, NULL),
    next_fetch = iif(url = excluded.url, next_fetch, NULL),
    retry_at = iif(url = excluded.url, retry_at, NULL),
    failures = iif(url = excluded.url, failures, 0),
    url = excluded.url

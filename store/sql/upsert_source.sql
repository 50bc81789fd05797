-- name, url, outlet, agency, position, reading. Another URL is another server:
-- its validators, and what it asked us to wait, do not hold for it. Other
-- settings may read the same Document otherwise: it is fetched again.
INSERT INTO source (name, url, outlet, agency, position, reading) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (name) DO UPDATE SET
    outlet = excluded.outlet,
    agency = excluded.agency,
    position = excluded.position,
    etag = iif(url = excluded.url AND reading = excluded.reading, etag, ''),
    last_modified = iif(url = excluded.url AND reading = excluded.reading, last_modified, ''),
    digest = iif(url = excluded.url AND reading = excluded.reading, digest, NULL),
    next_fetch = iif(url = excluded.url, next_fetch, NULL),
    retry_at = iif(url = excluded.url, retry_at, NULL),
    failures = iif(url = excluded.url, failures, 0),
    reading = excluded.reading,
    url = excluded.url

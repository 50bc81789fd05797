-- name, url, outlet, agency, position, reading, schedule, host:port, full_text. Another URL is another
-- server: its validators, and what it asked us to wait, do not hold for it, and
-- its first Document is no news. Other settings may read the same Document
-- otherwise, and one that comes back has to say again what it lists: in all
-- three cases it is fetched again. Another schedule ends a wait that was only
-- for the former one.
INSERT INTO source (name, url, outlet, agency, position, reading, schedule, host, full_text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (name) DO UPDATE SET
    outlet = excluded.outlet,
    agency = excluded.agency,
    etag = iif(url = excluded.url AND reading = excluded.reading AND position IS NOT NULL, etag, ''),
    last_modified = iif(url = excluded.url AND reading = excluded.reading AND position IS NOT NULL, last_modified, ''),
    digest = iif(url = excluded.url AND reading = excluded.reading AND position IS NOT NULL, digest, NULL),
    size = iif(url = excluded.url, size, 0),
    first_document = iif(url = excluded.url, first_document, NULL),
    next_fetch = iif(url = excluded.url AND (schedule = excluded.schedule OR next_reason NOT IN ('schedule', 'rhythm', 'all new', 'no validators')), next_fetch, NULL),
    next_reason = iif(url = excluded.url AND (schedule = excluded.schedule OR next_reason NOT IN ('schedule', 'rhythm', 'all new', 'no validators')), next_reason, ''),
    retry_at = iif(url = excluded.url, retry_at, NULL),
    failures = iif(url = excluded.url, failures, 0),
    failing_since = iif(url = excluded.url, failing_since, NULL),
    kind = iif(url = excluded.url, kind, ''),
    error = iif(url = excluded.url, error, ''),
    pace = iif(url = excluded.url, pace, '{}'),
    host = iif(url = excluded.url, host, excluded.host),
    move = iif(url = excluded.url, move, '{}'),
    moved_to = iif(url = excluded.url, moved_to, ''),
    push = iif(url = excluded.url, push, '{}'),
    relay = iif(url = excluded.url, relay, ''),
    position = excluded.position,
    reading = excluded.reading,
    schedule = excluded.schedule,
    full_text = excluded.full_text,
    url = excluded.url

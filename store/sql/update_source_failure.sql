-- name, url and reading of when it was asked, fetched, next, when the server
-- allows the next, failures to add, kind, error. Without a network nobody was
-- asked.
UPDATE source SET
    last_fetch = iif(?8 = 'offline', last_fetch, ?4),
    next_fetch = ?5, retry_at = ?6, failures = failures + ?7, kind = ?8, error = ?9
WHERE name = ?1 AND (?2 = '' OR url = ?2 AND reading = ?3 AND position IS NOT NULL)
RETURNING id

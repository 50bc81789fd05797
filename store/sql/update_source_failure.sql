-- name, url and reading of when it was asked, fetched, next, what decided it,
-- when the server allows the next, failures to add, kind, error. Without a
-- network nobody was asked, and what was agreed on holds.
UPDATE source SET
    last_fetch = iif(?9 = 'offline', last_fetch, ?4),
    next_fetch = iif(?9 = 'offline', next_fetch, ?5),
    next_reason = iif(?9 = 'offline', next_reason, ?6),
    retry_at = iif(?9 = 'offline', retry_at, ?7),
    failures = failures + ?8, failing_since = iif(?8 > 0, coalesce(failing_since, ?4), failing_since), kind = ?9, error = ?10
WHERE name = ?1 AND (?2 = '' OR url = ?2 AND reading = ?3 AND position IS NOT NULL)
RETURNING id, url, move, push

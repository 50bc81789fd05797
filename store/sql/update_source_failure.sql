-- id, fetched, next, failures to add, kind, error, when the server allows the
-- next. Without a network nobody was asked.
UPDATE source SET
    last_fetch = iif(?5 = 'offline', last_fetch, ?2),
    next_fetch = ?3, failures = failures + ?4, kind = ?5, error = ?6, retry_at = ?7
WHERE id = ?1

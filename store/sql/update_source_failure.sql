-- id, fetched, next, failures to add, kind, error, when the server allows the
-- next, what decided the next. Without a network nobody was asked, and what was
-- agreed on holds.
UPDATE source SET
    last_fetch = iif(?5 = 'offline', last_fetch, ?2),
    next_fetch = iif(?5 = 'offline', next_fetch, ?3),
    retry_at = iif(?5 = 'offline', retry_at, ?7),
    next_reason = iif(?5 = 'offline', next_reason, ?8),
    failures = failures + ?4, kind = ?5, error = ?6
WHERE id = ?1

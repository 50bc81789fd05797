-- name, how long a Source waits whose hub is trusted, until when that is, and
-- from when on the hub tells of everything: there must have been a poll since, for
-- what came before. It counts from the last poll: deliveries do not put the next
-- off for ever.
UPDATE source SET next_fetch = min(last_fetch + ?2, ?3), next_reason = 'push'
WHERE name = ?1 AND kind = '' AND last_fetch >= ?4 AND coalesce(next_fetch, 0) < min(last_fetch + ?2, ?3)

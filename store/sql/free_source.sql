-- name, time: what its hub was trusted to tell of, a poll has to find
UPDATE source SET next_fetch = NULL, next_reason = ''
WHERE name = ?1 AND next_reason = 'push' AND next_fetch > ?2

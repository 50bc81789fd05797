-- name: a value of the whole file
SELECT value FROM meta WHERE name = ?1

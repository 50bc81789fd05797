-- id, move, what is asked instead of the URL, host:port of what is asked
UPDATE source SET move = ?2, moved_to = ?3, host = ?4 WHERE id = ?1

-- id, what the ids of the newswired begin with whose Feed it is
UPDATE source SET relay = ?2 WHERE id = ?1

-- id, hubs and topic
UPDATE source SET push = ?2 WHERE id = ?1

-- id, time of news
UPDATE story SET updated = ?2 WHERE id = ?1

-- id, entry, path, brief
UPDATE article SET entry = ?2, path = ?3, brief = ?4 WHERE id = ?1

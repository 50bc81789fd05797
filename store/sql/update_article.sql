-- id, key, link_key, digest, words, seq, guid, link: it stands in its Source's Document
UPDATE article SET key = ?2, link_key = ?3, digest = ?4, words = ?5, seq = ?6, guid = ?7, link = ?8, gone = NULL
WHERE id = ?1

-- id, key, link_key, digest, seq, guid, link: it stands in its Source's Document
UPDATE article SET key = ?2, link_key = ?3, digest = ?4, seq = ?5, name = nullif(?6, ?7), link = ?7, gone = NULL
WHERE id = ?1

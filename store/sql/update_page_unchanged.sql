-- article, seq and url for which it was asked, status
UPDATE page SET due = iif(seq = ?2 AND url = ?3, NULL, due), failures = 0, kind = '', error = '', status = ?4
WHERE article_id = ?1

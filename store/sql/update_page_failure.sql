-- article, seq and url for which it was asked, status, kind, error, when it is
-- asked for again, failures to add. If there is another Revision by now, it is due.
UPDATE page SET due = iif(seq = ?2 AND url = ?3, ?7, due), failures = iif(seq = ?2 AND url = ?3, failures + ?8, failures), status = ?4, kind = ?5, error = ?6
WHERE article_id = ?1
RETURNING due IS NULL AND text IS NOT NULL

-- id, time, bytes, took
UPDATE fetch SET last = ?2, count = count + 1, bytes = bytes + ?3, took = ?4 WHERE id = ?1

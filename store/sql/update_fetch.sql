-- source, time, bytes, took, and the outcome: only if the last poll had the same
-- and brought nothing
UPDATE fetch SET last = ?2, count = count + 1, bytes = bytes + ?3, took = ?4
WHERE id = (SELECT max(id) FROM fetch WHERE source_id = ?1)
  AND new + revised = 0 AND status = ?5 AND kind = ?6 AND error = ?7 AND warning = ?8 AND refused = ?9 AND pushed = ?10

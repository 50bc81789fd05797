DELETE FROM fetch WHERE id IN (SELECT id FROM fetch WHERE last < ?1 LIMIT ?2)

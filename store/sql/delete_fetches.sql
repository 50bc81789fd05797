-- a time, and how many at once: runs of polls that ended before it
DELETE FROM fetch WHERE id IN (SELECT id FROM fetch WHERE last < ?1 LIMIT ?2)

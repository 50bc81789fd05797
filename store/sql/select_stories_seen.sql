-- below this id, first seen since, how many: Stories, newest first, but for those told in another
SELECT id FROM story WHERE id < ?1 AND first_seen >= ?2 AND told_in IS NULL ORDER BY id DESC LIMIT ?3

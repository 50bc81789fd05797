-- The last Article first seen before a time; 0 if there is none
SELECT coalesce((SELECT id FROM article WHERE first_seen < ?1 ORDER BY id DESC LIMIT 1), 0)

-- How many Articles were taken out of the search index, and whether that is so much
-- that it is worth making one piece of it: a twentieth. So many are known to be too few
-- (?1): all that are in the index are counted for more only, which takes long.
SELECT n, CASE WHEN n > ?1 THEN n > (SELECT count(*) FROM word_index_docsize) / 20 ELSE 0 END
FROM (SELECT coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'unmerged'), 0) AS n)

-- How many Articles were taken out of the search index, and how many are in it: so many
-- out are known to be too few (?1), and all that are in it are counted for more only,
-- which takes long.
SELECT n, CASE WHEN n > ?1 THEN (SELECT count(*) FROM word_index_docsize) END
FROM (SELECT coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'unmerged'), 0) AS n)

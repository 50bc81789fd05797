-- whether so much was taken out of the search index that it is worth making one
-- piece of it: a twentieth
SELECT coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'unmerged'), 0) > (SELECT count(*) FROM word_index_docsize) / 20

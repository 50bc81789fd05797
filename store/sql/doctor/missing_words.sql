-- articles whose words the search index lacks
WITH indexed (seq) AS (SELECT CAST(substr(value, instr(value, '/') + 1) AS INTEGER) FROM meta WHERE name = 'indexed')
SELECT count(*) FROM article a, indexed i
WHERE (SELECT max(r.seq) FROM revision r WHERE r.article_id = a.id AND r.seq <= i.seq) NOT IN (SELECT id FROM word_index_docsize);
-- repair: the index is made again
INSERT INTO word_index (word_index) VALUES ('delete-all');
DELETE FROM meta WHERE name = 'indexed';

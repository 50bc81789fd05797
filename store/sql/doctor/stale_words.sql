-- articles or former revisions that the search index still has
WITH indexed (seq) AS (SELECT CAST(substr(value, instr(value, '/') + 1) AS INTEGER) FROM meta WHERE name = 'indexed'),
     due (seq) AS (SELECT max(r.seq) FROM revision r WHERE r.seq <= (SELECT seq FROM indexed) GROUP BY r.article_id)
SELECT count(*) FROM word_index_docsize WHERE id NOT IN (SELECT seq FROM due);
-- repair: the index is made again
INSERT INTO word_index (word_index) VALUES ('delete-all');
DELETE FROM meta WHERE name = 'indexed';

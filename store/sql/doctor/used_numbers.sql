-- tables that would give a number a second time
SELECT ((SELECT coalesce(max(id), 0) FROM story) > (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'story'))
     + ((SELECT coalesce(max(id), 0) FROM article) > (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'article'))
     + ((SELECT coalesce(max(seq), 0) FROM revision) > (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'revision'))
     + ((SELECT coalesce(max(id), 0) FROM sketch) > (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'sketch'))
     + ((SELECT coalesce(max(id), 0) FROM subscription) > (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'subscription'));
-- repair: they count on from the highest that is there
DELETE FROM sqlite_sequence WHERE name IN ('story', 'article', 'revision', 'sketch', 'subscription')
   AND seq < CASE name WHEN 'story' THEN (SELECT max(id) FROM story) WHEN 'article' THEN (SELECT max(id) FROM article)
        WHEN 'revision' THEN (SELECT max(seq) FROM revision) WHEN 'sketch' THEN (SELECT max(id) FROM sketch) ELSE (SELECT max(id) FROM subscription) END;
INSERT INTO sqlite_sequence (name, seq)
SELECT name, seq FROM (SELECT 'story' AS name, max(id) AS seq FROM story UNION ALL SELECT 'article', max(id) FROM article
    UNION ALL SELECT 'revision', max(seq) FROM revision UNION ALL SELECT 'sketch', max(id) FROM sketch UNION ALL SELECT 'subscription', max(id) FROM subscription)
WHERE seq IS NOT NULL AND name NOT IN (SELECT name FROM sqlite_sequence);

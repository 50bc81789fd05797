-- JSON list of keys, from, to, most: the Articles of these dates, or of none, that
-- share most keys, and how many. Of a key that many have, the newest 8 count: one copy of a
-- report leads to the others.
SELECT a.id, a.seq, a.source_id, a.story_id, a.published, a.published = a.first_seen, a.born, c.shared
FROM (
    SELECT k.article_id AS id, count(*) AS shared
    FROM json_each(?1) j
    CROSS JOIN article_key k ON k.key = j.value AND k.article_id >= coalesce(
        (SELECT x.article_id FROM article_key x WHERE x.key = j.value ORDER BY x.article_id DESC LIMIT 1 OFFSET 7), 0)
    GROUP BY k.article_id ORDER BY shared DESC, id DESC LIMIT ?4
) c
CROSS JOIN article a ON a.id = c.id
WHERE a.published BETWEEN ?2 AND ?3 OR a.published = a.first_seen

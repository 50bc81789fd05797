-- feed, limit: what its subscription document shows. That is what entered last,
-- and of what entered before that, what had news since: archives are not asked
-- for again. SQLite would rather sort all Entries than those that entered at once.
WITH f AS (SELECT id FROM feed WHERE name = ?1),
newest AS MATERIALIZED (
    SELECT v.story_id, v.published, v.updated, v.entered, v.article_id FROM verdict v INDEXED BY entry_order
    WHERE v.feed_id = (SELECT id FROM f) AND v.passes = 1
    ORDER BY v.entered DESC, v.published DESC, v.story_id DESC LIMIT ?2),
renewed AS (
    SELECT v.story_id, v.published, v.updated, v.entered, v.article_id FROM verdict v
    WHERE v.feed_id = (SELECT id FROM f) AND v.passes = 1 AND v.updated > (SELECT min(entered) FROM newest)
      AND v.entered <= (SELECT min(entered) FROM newest) AND v.story_id NOT IN (SELECT story_id FROM newest)
      AND v.updated > v.entered
    ORDER BY v.updated DESC LIMIT ?2)
SELECT * FROM newest UNION ALL SELECT * FROM renewed ORDER BY 4 DESC, 2 DESC, 1 DESC

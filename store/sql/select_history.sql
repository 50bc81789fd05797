-- article, title, summary, content: what is known of its states, and how many of
-- those that are kept have these words
SELECT max(r.number), min(r.seen), max(r.seen),
       coalesce((SELECT s.updated FROM article a JOIN story s ON s.id = a.story_id WHERE a.id = ?1), min(r.seen)),
       count(*) FILTER (WHERE r.title = ?2 AND r.summary = ?3 AND r.content = ?4)
FROM revision r WHERE r.article_id = ?1

-- what most verdicts have in common is kept as NULL, see the table
INSERT INTO verdict (story_id, feed_id, passes, given, judged, entered, since, due, published, updated, article_id, deleted)
VALUES (?1, ?2, ?3, nullif(?4, 'no filter'), nullif(?5, ?6), ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT DO UPDATE SET passes = excluded.passes, given = excluded.given, judged = excluded.judged,
    entered = excluded.entered, since = excluded.since, due = excluded.due, published = excluded.published,
    updated = excluded.updated, article_id = excluded.article_id, deleted = excluded.deleted

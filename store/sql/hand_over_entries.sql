-- Story, the older one that it is told in: where that was in no Feed, it takes the
-- place that its readers know.
INSERT INTO verdict (story_id, feed_id, passes, given, judged, entered, published, updated, article_id)
SELECT ?2, feed_id, 0, given, judged, entered, published, updated, article_id FROM verdict WHERE story_id = ?1 AND entered IS NOT NULL
ON CONFLICT DO UPDATE SET entered = coalesce(verdict.entered, excluded.entered),
    published = iif(verdict.entered IS NULL, excluded.published, verdict.published),
    updated = iif(verdict.entered IS NULL, excluded.updated, verdict.updated)

-- feed, number of the archive or 0, limit: void Entries of an archive, or, for
-- the subscription document, those that became void since its oldest Entry came
-- in. What is told in a Story that the Feed has not is not void: it merely left.
SELECT v.story_id, v.deleted, coalesce(t.told_in, 0), coalesce(t.tag, ''), coalesce((SELECT o.tag FROM story o WHERE o.id = t.told_in), ''), v.reason,
       coalesce((SELECT s.outlet FROM article a JOIN source s ON s.id = a.source_id WHERE a.id = v.article_id), '')
FROM verdict v JOIN story t ON t.id = v.story_id
WHERE v.feed_id = (SELECT id FROM feed WHERE name = ?1) AND v.deleted IS NOT NULL
  AND (t.told_in IS NULL OR EXISTS (SELECT 1 FROM verdict o WHERE o.story_id = t.told_in AND o.feed_id = v.feed_id AND (o.passes = 1 OR o.deleted IS NOT NULL)))
  AND CASE WHEN ?2 > 0 THEN v.entered >= (SELECT since FROM archive WHERE feed_id = v.feed_id AND number = ?2)
                        AND v.entered < (SELECT until FROM archive WHERE feed_id = v.feed_id AND number = ?2)
      ELSE v.deleted >= coalesce((SELECT entered FROM verdict WHERE feed_id = v.feed_id AND passes = 1
                                  ORDER BY entered DESC LIMIT 1 OFFSET ?3 - 1), 0) END
ORDER BY v.deleted DESC, v.story_id DESC LIMIT ?3

-- Rows of the view revisions: above a seq, up to one; seen since, until; of
-- Sources, of Stories in Feeds, and of seqs (JSON). NULL: whatever.
SELECT seq, * FROM revisions
WHERE seq > ?1 AND seq <= ?2
  AND (?3 IS NULL OR seen >= ?3) AND (?4 IS NULL OR seen < ?4)
  AND (?5 IS NULL OR source IN (SELECT value FROM json_each(?5)))
  AND (?6 IS NULL OR EXISTS (SELECT 1 FROM article x JOIN entries e ON e.story_id = x.story_id WHERE x.id = revisions.article_id AND e.feed IN (SELECT value FROM json_each(?6))))
  AND (?7 IS NULL OR seq IN (SELECT value FROM json_each(?7)))
ORDER BY seq

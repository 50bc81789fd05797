-- Rows of the view articles: above an id, up to one; published since, until; of
-- Sources, of Stories in Feeds, and of ids (JSON). NULL: whatever.
SELECT id, * FROM articles
WHERE id > ?1 AND id <= ?2
  AND (?3 IS NULL OR published >= ?3) AND (?4 IS NULL OR published < ?4)
  AND (?5 IS NULL OR source IN (SELECT value FROM json_each(?5)) OR via IN (SELECT value FROM json_each(?5)))
  AND (?6 IS NULL OR EXISTS (SELECT 1 FROM entries e WHERE e.story_id = articles.story_id AND e.feed IN (SELECT value FROM json_each(?6))))
  AND (?7 IS NULL OR id IN (SELECT value FROM json_each(?7)))
ORDER BY id

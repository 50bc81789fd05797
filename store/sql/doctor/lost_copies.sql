-- entries that show an article which is not one of their story's
SELECT count(*) FROM verdict v WHERE passes = 1 AND NOT EXISTS (SELECT 1 FROM article a WHERE a.id = v.article_id AND a.story_id = v.story_id);
-- repair: they show the first that there is, until every feed has judged again
UPDATE verdict SET article_id = (SELECT min(id) FROM article a WHERE a.story_id = verdict.story_id)
WHERE passes = 1 AND NOT EXISTS (SELECT 1 FROM article a WHERE a.id = verdict.article_id AND a.story_id = verdict.story_id)
  AND EXISTS (SELECT 1 FROM article a WHERE a.story_id = verdict.story_id);
UPDATE feed SET backlog = coalesce((SELECT max(id) FROM story), 0), changed = changed + 1 WHERE position IS NOT NULL;

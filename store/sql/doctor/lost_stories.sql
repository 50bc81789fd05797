-- articles of a story that is not there
SELECT count(*) FROM article WHERE story_id NOT IN (SELECT id FROM story);
-- repair: the story is made again, and every feed judges it
INSERT INTO story (id, first_seen)
SELECT story_id, min(first_seen) FROM article WHERE story_id NOT IN (SELECT id FROM story) GROUP BY story_id;
UPDATE feed SET backlog = coalesce((SELECT max(id) FROM story), 0), changed = changed + 1 WHERE position IS NOT NULL;

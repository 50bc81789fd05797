-- stories that tell articles, though they are told in another
SELECT count(*) FROM story s WHERE told_in IS NOT NULL AND EXISTS (SELECT 1 FROM article WHERE story_id = s.id);
-- repair: they tell themselves again
UPDATE story SET told_in = NULL WHERE told_in IS NOT NULL AND EXISTS (SELECT 1 FROM article WHERE story_id = story.id);

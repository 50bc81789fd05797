-- stories without articles
SELECT count(*) FROM story s WHERE told_in IS NULL AND NOT EXISTS (SELECT 1 FROM article WHERE story_id = s.id);
-- repair: they are removed, and with them those that are told in them
DELETE FROM story WHERE told_in IS NULL AND NOT EXISTS (SELECT 1 FROM article WHERE story_id = story.id);

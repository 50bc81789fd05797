-- Article: the Story that it is in now
SELECT story_id FROM article WHERE id = ?1

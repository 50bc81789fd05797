SELECT story_id FROM article WHERE id = ?1

-- Story: it goes with its last Article
DELETE FROM story WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM article WHERE story_id = ?1)

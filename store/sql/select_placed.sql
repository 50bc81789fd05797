-- why each Article is in a Story
SELECT id, placed FROM article WHERE story_id = ?1

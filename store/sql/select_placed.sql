-- why each Article is in a Story
SELECT id, coalesce(placed, 'the first to tell it') FROM article WHERE story_id = ?1

-- id, Story, why
UPDATE article SET born = coalesce(born, story_id), story_id = ?2, placed = ?3 WHERE id = ?1

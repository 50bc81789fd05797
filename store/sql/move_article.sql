-- id, Story, why
UPDATE article SET story_id = ?2, placed = ?3 WHERE id = ?1

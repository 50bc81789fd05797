-- id, Story, why
UPDATE article SET born = coalesce(born, story_id), story_id = ?2, joined = ?3 WHERE id = ?1

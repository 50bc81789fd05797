-- id: its date is that of its earliest Article
UPDATE story SET published = coalesce((SELECT min(published) FROM article WHERE story_id = ?1), published) WHERE id = ?1

-- id, published of an Article, time of news or 0
UPDATE story SET published = min(published, ?2), updated = max(updated, ?3) WHERE id = ?1

-- last Article, sketches
INSERT INTO sketch (article_id, sketches) VALUES (?1, ?2) RETURNING id

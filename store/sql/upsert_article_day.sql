-- source, day, new articles
INSERT INTO article_day (source_id, day, articles) VALUES (?1, ?2, ?3)
ON CONFLICT DO UPDATE SET articles = articles + excluded.articles

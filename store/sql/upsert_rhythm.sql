-- Source, hour, Articles
INSERT INTO rhythm (source_id, hour, articles) VALUES (?1, ?2, ?3)
ON CONFLICT DO UPDATE SET articles = articles + excluded.articles

-- two articles: what was found out about them gives way to what is by now
DELETE FROM likeness WHERE article_id = max(?1, ?2) AND other_id = min(?1, ?2)

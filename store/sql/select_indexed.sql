-- What the index has of an Article, as long as it goes so far
SELECT seq, title, summary, content FROM revision WHERE article_id = ?1 AND seq <= ?2

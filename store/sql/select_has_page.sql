-- article: whether its page was to be fetched ever
SELECT EXISTS (SELECT 1 FROM page WHERE article_id = ?1)

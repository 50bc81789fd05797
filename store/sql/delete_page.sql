-- article: its page is no longer wanted
DELETE FROM page WHERE article_id = ?1

SELECT feed_id, passes, reason, entered, published, updated, article_id FROM verdict WHERE story_id = ?1

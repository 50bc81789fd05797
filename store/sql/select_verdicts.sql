SELECT feed_id, passes, coalesce(reason, 'no filter'), entered, since, due, published, updated, article_id, deleted FROM verdict WHERE story_id = ?1

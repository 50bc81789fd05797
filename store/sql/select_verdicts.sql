-- Story: what each Feed decided of it
SELECT feed_id, passes, reason, entered, since, due, published, updated, article_id, deleted FROM verdict WHERE story_id = ?1

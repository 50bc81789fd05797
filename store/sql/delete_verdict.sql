-- Story, feed: it waited in vain
DELETE FROM verdict WHERE story_id = ?1 AND feed_id = ?2 AND entered IS NULL

-- feed: counts the Entries that are in no archive
UPDATE feed SET unarchived = (
    SELECT count(*) FROM verdict WHERE feed_id = ?1 AND passes = 1
    AND entered >= coalesce((SELECT until FROM archive WHERE feed_id = ?1 ORDER BY number DESC LIMIT 1), -9223372036854775807))
WHERE id = ?1

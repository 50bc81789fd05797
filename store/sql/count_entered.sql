-- feed, from, to: how many Entries entered then
SELECT count(*) FROM verdict WHERE feed_id = ?1 AND passes = 1 AND entered >= ?2 AND entered < ?3

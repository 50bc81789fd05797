-- time: whether the waiting of a Story ends
SELECT EXISTS (SELECT 1 FROM verdict v JOIN feed f ON f.id = v.feed_id WHERE v.due <= ?1 AND f.position IS NOT NULL)

-- when the waiting of a Story ends next, the end of time if none waits
SELECT coalesce(min(v.due), 9223372036854775807) FROM verdict v JOIN feed f ON f.id = v.feed_id
WHERE v.due IS NOT NULL AND f.position IS NOT NULL

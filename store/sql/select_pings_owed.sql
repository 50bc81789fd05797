-- hub, time: the Feeds of whose last change the hub was not told
SELECT f.name, f.changed, ifnull(p.told, 0), ifnull(p.due, 0), ifnull(p.failures, 0), ifnull(p.error, '')
FROM feed f LEFT JOIN ping p ON p.feed_id = f.id AND p.hub = ?1
WHERE f.position IS NOT NULL AND f.changed > ifnull(p.told, 0) AND ifnull(p.due, 0) <= ?2
ORDER BY f.changed, f.name

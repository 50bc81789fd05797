-- time: who was not told of the last change of a Feed, those that wait longest first
SELECT s.callback, s.topic, f.name, s.secret, s.lease_until, s.told, s.due, s.failures, s.error
FROM subscriber s JOIN feed f ON f.id = s.feed_id
WHERE f.changed > s.told AND s.due <= ?1 AND s.lease_until > ?1
ORDER BY f.changed, s.callback, s.topic

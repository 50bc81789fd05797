-- time: how many subscribers our hub has of each configured Feed, how many of
-- them could not be told of the last news, and why the latest of those could not
SELECT f.name, count(*), count(*) FILTER (WHERE s.failures > 0),
       coalesce((SELECT host || ': ' || error FROM subscriber WHERE feed_id = f.id AND failures > 0 AND lease_until > ?1 ORDER BY due DESC LIMIT 1), '')
FROM subscriber s JOIN feed f ON f.id = s.feed_id
WHERE s.lease_until > ?1 AND f.position IS NOT NULL
GROUP BY f.id ORDER BY f.name

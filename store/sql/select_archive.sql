-- feed, number; 0 stands for the subscription document: the archives before and
-- after it, and whether there is one
SELECT coalesce((SELECT max(number) FROM archive WHERE feed_id = f.id AND (?2 = 0 OR number < ?2)), 0),
       coalesce((SELECT min(number) FROM archive WHERE feed_id = f.id AND number > ?2 AND ?2 > 0), 0),
       ?2 = 0 OR EXISTS (SELECT 1 FROM archive WHERE feed_id = f.id AND number = ?2)
FROM feed f WHERE f.name = ?1

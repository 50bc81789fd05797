-- of all Feeds, those before their oldest Entry. The newest stays, for its
-- number must not be given again. Both are found once for each Feed, which may
-- have a hundred thousand archives.
DELETE FROM archive WHERE (feed_id, number) IN (
    WITH f AS MATERIALIZED (SELECT id,
        (SELECT min(entered) FROM verdict WHERE feed_id = feed.id AND passes = 1) AS oldest,
        (SELECT max(number) FROM archive WHERE feed_id = feed.id) AS newest FROM feed)
    SELECT a.feed_id, a.number FROM f CROSS JOIN archive a ON a.feed_id = f.id
    WHERE a.until <= f.oldest AND a.number < f.newest)

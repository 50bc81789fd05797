-- of all Feeds, those before their oldest Entry. The newest stays, for its
-- number must not be given again.
DELETE FROM archive
WHERE until <= (SELECT min(entered) FROM verdict WHERE feed_id = archive.feed_id AND passes = 1)
  AND number < (SELECT max(number) FROM archive a WHERE a.feed_id = archive.feed_id)

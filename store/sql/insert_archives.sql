-- feed, Entries of an archive: makes those that are full, unless old Entries are
-- still coming in. What enters at one time stays together, so that they can be
-- told by time.
INSERT INTO archive (feed_id, number, since, until)
WITH last AS ( -- found at the end of the table's key, not by all that a Feed has
    SELECT coalesce((SELECT max(number) FROM archive WHERE feed_id = ?1), 0) AS number,
           coalesce((SELECT until FROM archive WHERE feed_id = ?1 ORDER BY number DESC LIMIT 1), -9223372036854775807) AS until),
full AS (
    SELECT DISTINCT entered + 1 AS until
    FROM (SELECT entered, row_number() OVER (ORDER BY entered) AS n FROM verdict
          WHERE feed_id = ?1 AND passes = 1 AND entered >= (SELECT until FROM last))
    WHERE EXISTS (SELECT 1 FROM verdict WHERE feed_id = ?1 AND passes = 1 AND entered >= (SELECT until FROM last) LIMIT 1 OFFSET ?2 - 1) -- else there is nothing to number
      AND n % ?2 = 0 AND (SELECT backlog FROM feed WHERE id = ?1) = 0)
SELECT ?1, last.number + row_number() OVER (ORDER BY full.until), lag(full.until, 1, last.until) OVER (ORDER BY full.until), full.until
FROM full, last

-- feed, time, how many Entries came in. Every change has a second of its own, for
-- HTTP counts in them.
UPDATE feed SET changed = max((changed / 1000 + 1) * 1000, ?2), unarchived = unarchived + ?3, entered = entered + ?3
WHERE id = ?1
RETURNING unarchived

-- feed, time. Every change has a second of its own, for HTTP counts in them.
UPDATE feed SET changed = max((changed / 1000 + 1) * 1000, ?2) WHERE id = ?1

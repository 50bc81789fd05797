-- ended before, so many at most
DELETE FROM alert WHERE id IN (SELECT id FROM alert WHERE ended < ?1 AND told = 1 LIMIT ?2)

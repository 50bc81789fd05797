-- time: we could not be reached before
UPDATE subscription SET since = ?1 WHERE state = 'live' AND since < ?1

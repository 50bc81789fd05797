-- from which Story and down to which the backlog was judged now
UPDATE feed SET backlog = ?2 WHERE backlog > ?2 AND backlog <= ?1

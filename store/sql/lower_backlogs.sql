UPDATE feed SET backlog = ?2 WHERE backlog > ?2 AND backlog <= ?1

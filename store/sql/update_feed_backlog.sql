UPDATE feed SET backlog = ?2 WHERE id = ?1

UPDATE feed SET backlog = coalesce((SELECT max(id) FROM story), 0) WHERE id = ?1

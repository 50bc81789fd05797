UPDATE feed SET changed = max(changed + 1, ?2) WHERE id = ?1

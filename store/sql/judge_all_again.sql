-- time: every Story is to be judged and every Edition to be rendered again
UPDATE feed SET backlog = coalesce((SELECT max(id) FROM story), 0), changed = max(changed + 1, ?1) WHERE position IS NOT NULL

SELECT coalesce(max(backlog), 0) FROM feed WHERE position IS NOT NULL

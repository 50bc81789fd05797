-- from which Story down some Feed has to judge anew; 0: none has
SELECT coalesce(max(backlog), 0) FROM feed WHERE position IS NOT NULL

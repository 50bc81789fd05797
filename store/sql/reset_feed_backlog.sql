-- Feed: all that is stored is to be judged anew, from the newest Story down
UPDATE feed SET backlog = coalesce((SELECT max(id) FROM story), 0) WHERE id = ?1

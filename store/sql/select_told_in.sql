-- the Story that tells what one did: itself, unless it turned out to be an older one
SELECT coalesce(told_in, id) FROM story WHERE id = ?1

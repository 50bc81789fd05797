-- A Story that was told in another one tells itself again
UPDATE story SET told_in = NULL WHERE id = ?1 AND told_in IS NOT NULL

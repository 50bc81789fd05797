-- id, the older Story: also of those that were told in it
UPDATE story SET told_in = ?2 WHERE id = ?1 OR told_in = ?1

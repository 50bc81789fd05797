-- reason of select_unused_reasons
DELETE FROM reason WHERE id = ?1

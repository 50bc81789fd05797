DELETE FROM reason WHERE id = ?1

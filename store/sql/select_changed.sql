SELECT changed FROM feed WHERE name = ?1

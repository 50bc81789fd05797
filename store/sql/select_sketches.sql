SELECT id, sketches FROM sketch WHERE id > ?1 ORDER BY id

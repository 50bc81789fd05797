-- row: those that were written after it
SELECT id, sketches FROM sketch WHERE id > ?1 ORDER BY id

-- a Story for Articles that have left another: first_seen, published
INSERT INTO story (first_seen, published, updated) VALUES (?1, ?2, ?1) RETURNING id

-- a Story for Articles that have left another: first_seen, published, tag
INSERT INTO story (first_seen, published, updated, tag) VALUES (?1, ?2, ?1, ?3) RETURNING id

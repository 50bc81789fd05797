-- a Story for Articles that have left another: first_seen, tag
INSERT INTO story (first_seen, tag) VALUES (?1, ?2) RETURNING id

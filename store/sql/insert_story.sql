-- id, first_seen, published
INSERT INTO story (id, first_seen, published, updated) VALUES (?1, ?2, ?3, ?2)

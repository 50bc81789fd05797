-- id, first_seen, published, the id that another newswired gave it
INSERT INTO story (id, first_seen, published, updated, tag) VALUES (?1, ?2, ?3, ?2, ?4)

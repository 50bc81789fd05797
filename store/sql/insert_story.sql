-- id, first_seen, the id that another newswired gave it
INSERT INTO story (id, first_seen, tag) VALUES (?1, ?2, ?3)

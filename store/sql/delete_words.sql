INSERT INTO word_index (word_index, rowid, title, text) VALUES ('delete', ?1, ?2, ?3)

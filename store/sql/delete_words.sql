INSERT INTO word_index (word_index, rowid, title, text, source) VALUES ('delete', ?1, ?2, ?3, ?4)

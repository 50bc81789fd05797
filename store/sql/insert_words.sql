INSERT INTO word_index (rowid, title, text) VALUES (?1, ?2, ?3)

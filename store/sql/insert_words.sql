-- seq of a Revision, and its words
INSERT INTO word_index (rowid, title, text, source) VALUES (?1, ?2, ?3, ?4)

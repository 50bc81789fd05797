-- seq of a Revision, and the words that were put in for it: the index needs them to
-- find the row
INSERT INTO word_index (word_index, rowid, title, text, source) VALUES ('delete', ?1, ?2, ?3, ?4)

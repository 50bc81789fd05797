-- so many pages are written at most; a negative number begins to make the index
-- one piece, by which what was taken out of it is gone
INSERT INTO word_index (word_index, rank) VALUES ('merge', ?1)

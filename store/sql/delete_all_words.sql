INSERT INTO word_index (word_index) VALUES ('delete-all')

-- empties the index of words: as it keeps no text, no row could be taken out
-- without making its words again
INSERT INTO word_index (word_index) VALUES ('delete-all')

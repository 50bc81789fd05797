-- Revisions after one, up to another, that have some words, the oldest first
SELECT rowid FROM word_index WHERE word_index MATCH ?1 AND rowid > ?2 AND rowid <= ?3 ORDER BY rowid LIMIT ?4

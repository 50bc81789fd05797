-- Article: its Document lists it again
UPDATE article SET gone = NULL WHERE id = ?1

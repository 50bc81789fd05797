-- Article, and the time: its Document lists it no longer
UPDATE article SET gone = ?2 WHERE id = ?1

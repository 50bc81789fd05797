UPDATE article SET gone = NULL WHERE id = ?1

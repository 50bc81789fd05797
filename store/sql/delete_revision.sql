DELETE FROM revision WHERE seq = ?1

SELECT via FROM article WHERE id = ?1

SELECT title, summary, content FROM revision WHERE seq = ?1

SELECT seq, title, summary, content FROM revision WHERE seq > ?1 ORDER BY seq LIMIT ?2

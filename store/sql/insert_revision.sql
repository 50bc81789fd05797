INSERT INTO revision (seq, article_id, seen, title, marker, credit, summary, content, language, image, authors, categories, enclosures, origin, claimed)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)

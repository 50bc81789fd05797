-- A Revision has the next number of its Article.
INSERT INTO revision (seq, article_id, number, seen, title, marker, kind, credit, summary, content, language, image, authors, categories, enclosures, origin, claimed)
VALUES (?1, ?2, (SELECT coalesce(max(number), 0) + 1 FROM revision WHERE article_id = ?2), ?3, ?4, ?5, nullif(?6, ''), ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)

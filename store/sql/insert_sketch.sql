-- one Revision may get another link
INSERT OR REPLACE INTO sketch (seq, article_id, sketch) VALUES (?1, ?2, ?3)

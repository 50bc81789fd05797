-- article, JSON list of keys
INSERT OR IGNORE INTO article_key (key, article_id) SELECT value, ?1 FROM json_each(?2)

-- A name that is the link is not kept twice.
INSERT INTO article (source_id, key, link_key, digest, seq, story_id, name, link, joined, published, first_seen, via, entry, path, brief)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, nullif(?7, ?8), ?8, nullif(?9, ''), ?10, ?11, ?12, ?13, ?14, ?15)

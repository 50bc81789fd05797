-- via: the same as select_article for all that its last Document listed
SELECT id, source_id, key, link_key, digest, seq, story_id, published, gone IS NOT NULL, published = first_seen
FROM article WHERE via = ?1 AND gone IS NULL

-- via and key: what is known of an Article that a Document lists
SELECT id, source_id, key, link_key, digest, seq, story_id, published, gone IS NOT NULL, published = first_seen
FROM article WHERE via = ?1 AND key = ?2

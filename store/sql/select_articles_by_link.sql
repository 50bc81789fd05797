-- The newest 200, oldest first. link_key <> 0 lets the partial index be used.
SELECT * FROM (
    SELECT id, source_id, key, link_key, digest, seq, story_id, published, gone IS NOT NULL, published = first_seen
    FROM article WHERE link_key = ?1 AND link_key <> 0 ORDER BY id DESC LIMIT 200
) ORDER BY id

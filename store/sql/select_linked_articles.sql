-- ids of the Articles that have a link
SELECT id, story_id FROM article WHERE link_key = ?1 AND link_key <> 0 ORDER BY id

-- newswired, Entry, the older one that it turned out to be
UPDATE article SET entry = ?3 WHERE via = ?1 AND entry = ?2 RETURNING story_id

-- newswired, Entry
SELECT key FROM article WHERE via = ?1 AND entry = ?2

-- source, key, link, headline: two of the three must agree
SELECT 1 FROM tombstone WHERE source_id = ?1 AND key = ?2 AND (title = ?4 OR link_key = ?3 AND ?3 <> 0)
UNION ALL
SELECT 1 FROM tombstone WHERE source_id = ?1 AND link_key = ?3 AND link_key <> 0 AND title = ?4
LIMIT 1

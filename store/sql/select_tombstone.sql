-- source, key, link, headline, published. A name may be used again for other
-- news, and a column has one link and one headline every day: something else
-- has to agree.
SELECT 1 FROM tombstone WHERE source_id = ?1 AND key = ?2 AND (title = ?4 OR published = ?5)
UNION ALL
SELECT 1 FROM tombstone INDEXED BY tombstone_by_link
WHERE source_id = ?1 AND link_key = ?3 AND link_key <> 0 AND title = ?4 AND published = ?5
LIMIT 1

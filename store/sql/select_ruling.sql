-- The configuration's word comes first.
SELECT same, configured FROM ruling WHERE url = ?1 AND other_url = ?2 ORDER BY configured DESC LIMIT 1

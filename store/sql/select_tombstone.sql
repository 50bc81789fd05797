SELECT 1 FROM tombstone WHERE source_id = ?1 AND key = ?2

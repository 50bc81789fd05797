-- Source, key
DELETE FROM tombstone WHERE source_id = ?1 AND key = ?2

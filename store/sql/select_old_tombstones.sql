-- before a time, some
SELECT source_id, key FROM tombstone WHERE removed < ?1 LIMIT ?2

SELECT key FROM repeated_guid WHERE source_id = ?1

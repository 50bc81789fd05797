SELECT key FROM repeated_name WHERE source_id = ?1

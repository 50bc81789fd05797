-- Source: see insert_repeated_name
SELECT key FROM repeated_name WHERE source_id = ?1

SELECT items FROM document WHERE source_id = ?1

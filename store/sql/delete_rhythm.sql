-- of a Source, before an hour
DELETE FROM rhythm WHERE source_id = ?1 AND hour < ?2

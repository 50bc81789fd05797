SELECT id, status, kind, error, warning, new + revised = 0, refused FROM fetch WHERE source_id = ?1 ORDER BY id DESC LIMIT 1

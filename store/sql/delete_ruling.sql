DELETE FROM ruling WHERE url = ?1 AND other_url = ?2 AND configured = 1

SELECT same, configured FROM ruling WHERE url = ?1 AND other_url = ?2

-- URLs of a ruling that left the configuration; one that a command made stays
DELETE FROM ruling WHERE url = ?1 AND other_url = ?2 AND configured = 1

-- no prefix for the ids of entries, which would come back as new
SELECT NOT EXISTS (SELECT 1 FROM meta WHERE name = 'tag_prefix');

-- What was ever stored, from numbers that are never used twice; how far behind
-- judging and indexing are; whom our hub still has to tell; the file. Nothing here
-- reads a table that grows with the Articles.
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'article'), 0),
       coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'revision'), 0),
       coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'story'), 0),
       coalesce((SELECT max(backlog) FROM feed WHERE position IS NOT NULL), 0),
       coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'revision'), 0)
         - coalesce((SELECT CAST(substr(value, instr(value, '/') + 1) AS INTEGER) FROM meta WHERE name = 'indexed'), 0),
       (SELECT count(*) FROM subscriber s JOIN feed f ON f.id = s.feed_id WHERE f.changed > s.told AND s.lease_until > ?1),
       (page_count - freelist_count) * page_size, freelist_count * page_size
FROM pragma_page_count, pragma_freelist_count, pragma_page_size

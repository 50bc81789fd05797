-- the newest Story's id and Revision's seq: neither is used twice, even if its row is gone
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'story'), 0),
       coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'revision'), 0)

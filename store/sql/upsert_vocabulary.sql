-- it is one row, written as a whole
INSERT INTO vocabulary (id, counts) VALUES (1, ?1) ON CONFLICT DO UPDATE SET counts = excluded.counts

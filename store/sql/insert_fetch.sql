-- a poll, which begins a run
INSERT INTO fetch (source_id, first, last, status, kind, error, warning, bytes, took, new, revised, refused, pushed)
VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)

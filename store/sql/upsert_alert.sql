-- kind, source, says, advice, since, began, ended, told
INSERT INTO alert (kind, source, says, advice, since, began, ended, told)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (began, kind, source) DO UPDATE SET ended = excluded.ended, told = excluded.told

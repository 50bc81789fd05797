-- host, the day's beginning: one page more is asked of it
INSERT INTO page_host (name, day, asked) VALUES (?1, ?2, 1)
ON CONFLICT (name) DO UPDATE SET asked = iif(day = excluded.day, asked, 0) + 1, day = excluded.day
RETURNING failures

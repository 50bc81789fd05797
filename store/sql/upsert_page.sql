-- article, seq, host:port, url, now: its page is due, for it is new or revised
INSERT INTO page (article_id, seq, host, url, due) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (article_id) DO UPDATE SET seq = excluded.seq, host = excluded.host, url = excluded.url, due = excluded.due, failures = 0, kind = '', error = ''

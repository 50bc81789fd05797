-- of two rulings for the same URLs the last holds
INSERT INTO ruling (url, other_url, link_key, other_key, same, configured, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT DO UPDATE SET same = excluded.same, made = excluded.made

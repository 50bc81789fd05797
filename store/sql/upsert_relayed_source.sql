-- name, the newswired by which it comes, URL, outlet, agency
INSERT INTO source (name, via, url, outlet, agency) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (name) DO UPDATE SET url = excluded.url, outlet = excluded.outlet, agency = excluded.agency RETURNING id

-- whoever was ever configured; of one URL first who still is, then who was polled last
SELECT name, url FROM source WHERE via IS NULL ORDER BY position IS NULL, last_fetch DESC, id

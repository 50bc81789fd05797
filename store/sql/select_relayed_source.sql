-- name: a Source that comes by a newswired, as that described it last
SELECT id, url, outlet, agency FROM source WHERE name = ?1

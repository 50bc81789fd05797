SELECT id, url, outlet, agency FROM source WHERE name = ?1

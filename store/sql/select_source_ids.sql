SELECT id FROM source WHERE name IN (SELECT value FROM json_each(?1))

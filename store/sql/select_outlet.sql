SELECT outlet, agency FROM source WHERE name = ?1

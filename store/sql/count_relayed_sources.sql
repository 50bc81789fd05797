SELECT count(*) FROM source WHERE via = ?1

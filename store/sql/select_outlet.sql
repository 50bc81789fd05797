-- Source: as it was configured until now, to find what has changed
SELECT outlet, agency FROM source WHERE name = ?1

-- URL
SELECT name FROM source WHERE url = ?1 AND position IS NOT NULL

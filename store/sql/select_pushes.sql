-- Sources that are configured, and who tells of their news
SELECT name, push FROM source WHERE position IS NOT NULL AND push <> '{}'

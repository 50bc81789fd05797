-- of some names, and of what comes by these
SELECT id FROM source WHERE name IN (SELECT value FROM json_each(?1))
    OR via IN (SELECT id FROM source WHERE name IN (SELECT value FROM json_each(?1)))

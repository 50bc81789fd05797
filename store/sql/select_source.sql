SELECT id, first_document IS NOT NULL, digest, url, outlet, agency FROM source WHERE name = ?1

-- an id, what it begins with, Source: nobody has that id, and those that begin
-- so are the Source's, or of one that is asked at the same host, or of none that
-- is configured
SELECT NOT EXISTS (SELECT 1 FROM story WHERE tag = ?1) AND NOT EXISTS (
    SELECT 1 FROM minter m JOIN source o ON o.id = m.source_id
    WHERE m.prefix = ?2 AND o.id <> ?3 AND o.host <> (SELECT host FROM source WHERE id = ?3) AND o.position IS NOT NULL)

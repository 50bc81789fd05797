SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM story WHERE told_in IS NULL), (SELECT count(*) FROM source WHERE position IS NOT NULL),
       (SELECT count(*) FROM source WHERE position IS NOT NULL AND failures > 0),
       (SELECT count(*) FROM page WHERE due IS NOT NULL)

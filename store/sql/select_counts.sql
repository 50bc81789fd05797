-- Of Stories those that an index knows are taken off: few are told in another.
SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM story) - (SELECT count(*) FROM story WHERE told_in IS NOT NULL), (SELECT count(*) FROM source WHERE position IS NOT NULL),
       (SELECT count(*) FROM source WHERE position IS NOT NULL AND failures > 0),
       (SELECT count(*) FROM page p CROSS JOIN article a ON a.id = p.article_id CROSS JOIN source s ON s.id = a.via
        WHERE p.due IS NOT NULL AND s.position IS NOT NULL AND s.full_text = 1)

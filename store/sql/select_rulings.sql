-- Which of the Articles in a JSON list persons ruled to be the same, or not;
-- the configuration's word comes first.
SELECT a.id, b.id, r.same
FROM json_each(?1) m
CROSS JOIN article a ON a.id = m.value AND a.link_key <> 0
CROSS JOIN ruling r ON r.link_key = a.link_key
CROSS JOIN article b ON b.link_key = r.other_key AND b.link_key <> 0
WHERE a.id <> b.id AND b.id IN (SELECT value FROM json_each(?1))
  AND NOT EXISTS (SELECT 1 FROM ruling c WHERE c.url = r.url AND c.other_url = r.other_url AND c.configured > r.configured)

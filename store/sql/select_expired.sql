-- Articles that no Document has listed since a time, or since that of their
-- Source (JSON by name)
SELECT a.id, a.gone, 0 FROM article a WHERE a.gone < ?1 AND a.via NOT IN (SELECT s.id FROM source s JOIN json_each(?2) o ON o.key = s.name)
UNION ALL
SELECT a.id, a.gone, 0 FROM json_each(?2) o CROSS JOIN source s ON s.name = o.key CROSS JOIN article a INDEXED BY article_gone ON a.via = s.id WHERE a.gone < o.value
LIMIT ?3

-- What was withdrawn by its wire, or deleted by its source?
SELECT 'deleted' AS what, deleted AS since, source, title, link
FROM articles
WHERE deleted > ''
UNION ALL
SELECT 'withdrawn', updated, source, title, link
FROM articles
WHERE marker_kind = 'withdrawal' AND deleted IS NULL
ORDER BY since DESC
LIMIT 20;

-- What was withdrawn by its wire, or deleted by its source?
SELECT iif(deleted IS NULL, 'withdrawn', 'deleted') AS what,
       coalesce(deleted, updated) AS since, source, title, link
FROM articles
WHERE deleted IS NOT NULL OR marker_kind = 'withdrawal'
ORDER BY since DESC
LIMIT 20;

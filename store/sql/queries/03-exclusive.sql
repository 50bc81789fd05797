-- Which stories of the last seven days has only one agency, whoever prints them?
SELECT published, agency, outlets, title
FROM stories
WHERE published >= date('now', '-7 days') AND agency IS NOT NULL AND origins = 1
ORDER BY published DESC
LIMIT 20;

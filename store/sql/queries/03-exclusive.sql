-- Which stories has only one agency, whoever prints them?
SELECT published, agency, outlets, title
FROM stories
WHERE agency IS NOT NULL AND origins = 1
ORDER BY published DESC
LIMIT 20;

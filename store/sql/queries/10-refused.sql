-- What could not become an article, and why?
SELECT decided, source, reason
FROM decisions
WHERE decision = 'refused'
ORDER BY decided DESC
LIMIT 20;

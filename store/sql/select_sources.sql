SELECT s.name, s.url, s.outlet, s.agency, v.state, s.last_fetch, s.next_fetch, s.next_reason, s.last_article, s.failures, s.error, v.articles
FROM source s JOIN sources v ON v.id = s.id
WHERE s.position IS NOT NULL ORDER BY s.position

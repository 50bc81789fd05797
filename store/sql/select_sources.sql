-- what /status says of each Source, in the order of the configuration
SELECT s.name, s.url, s.outlet, s.agency, v.state, s.last_fetch, max(coalesce(s.next_fetch, h.retry_at), coalesce(h.retry_at, s.next_fetch)),
       coalesce(v.next_reason, ''), s.schedule, s.moved_to, s.last_article, s.failures, s.failing_since, s.error, v.articles, s.saved, s.first_document, s.full_text,
       coalesce(v.hub, ''), coalesce(v.push, ''), unixepoch(v.pushed_until) * 1000, unixepoch(v.last_push) * 1000, coalesce(v.push_error, '')
FROM source s JOIN sources v ON v.id = s.id LEFT JOIN host h ON h.name = s.host
WHERE s.position IS NOT NULL ORDER BY s.position

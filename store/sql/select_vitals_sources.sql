-- The configured Sources, with when they were last polled well, and since when they fail
SELECT s.name, v.state, s.last_fetch, max(coalesce(s.next_fetch, h.retry_at), coalesce(h.retry_at, s.next_fetch)), s.failing_since, s.last_well
FROM source s JOIN sources v ON v.id = s.id LEFT JOIN host h ON h.name = s.host
WHERE s.position IS NOT NULL ORDER BY s.position

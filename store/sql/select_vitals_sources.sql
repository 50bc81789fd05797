-- The configured Sources, with when they were last polled well. That is the last poll
-- unless they fail; then it is looked up, among runs of polls with one outcome.
SELECT s.name, v.state, s.last_fetch, max(coalesce(s.next_fetch, h.retry_at), coalesce(h.retry_at, s.next_fetch)), s.failures,
       iif(s.failures = 0, s.last_fetch, (SELECT f.last FROM fetch f WHERE f.source_id = s.id AND f.kind = '' AND f.pushed = 0 ORDER BY f.id DESC LIMIT 1))
FROM source s JOIN sources v ON v.id = s.id LEFT JOIN host h ON h.name = s.host
WHERE s.position IS NOT NULL ORDER BY s.position

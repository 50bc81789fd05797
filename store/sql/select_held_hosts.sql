-- now, the day's beginning, its end, page_budget: hosts of which no page may be
-- asked for, and until when
SELECT name, retry_at FROM host WHERE retry_at > ?1
UNION ALL
SELECT name, max(coalesce(retry_at, 0), iif(day = ?2 AND asked >= ?4, ?3, 0)) FROM page_host
WHERE retry_at > ?1 OR day = ?2 AND asked >= ?4

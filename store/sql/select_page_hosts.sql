-- now, the day's beginning, page_budget: hosts of which pages may be asked for,
-- that of the newest Article first. What lies more than 15 days ahead a clock
-- wrote that was wrong. An OR would not use the index page_due.
SELECT p.host FROM page p
WHERE p.due IS NOT NULL AND p.due NOT BETWEEN ?1 + 1 AND ?1 + 1296000000
  AND NOT EXISTS (SELECT 1 FROM page_host h WHERE h.name = p.host AND (h.retry_at BETWEEN ?1 AND ?1 + 1296000000 OR h.day = ?2 AND h.asked >= ?3))
  AND NOT EXISTS (SELECT 1 FROM host h WHERE h.name = p.host AND h.retry_at BETWEEN ?1 AND ?1 + 1296000000)
GROUP BY p.host ORDER BY max(p.article_id) DESC

-- host, now, the day's beginning, page_budget, Sources as a JSON list, until when
-- nobody else takes it: of the pages that are due, the newest Article's of those
-- that failed least, so that what fails for good keeps nobody waiting. What lies
-- more than 15 days ahead a clock wrote that was wrong. An OR would not use the
-- order of the index page_due.
UPDATE page SET due = ?6, asked = ?2
WHERE article_id = (
    SELECT p.article_id FROM page p CROSS JOIN article a ON a.id = p.article_id CROSS JOIN source s ON s.id = a.via
    WHERE p.host = ?1 AND p.due IS NOT NULL AND p.due NOT BETWEEN ?2 + 1 AND ?2 + 1296000000 AND s.name IN (SELECT value FROM json_each(?5))
    ORDER BY p.failures, p.article_id DESC LIMIT 1)
  AND NOT EXISTS (SELECT 1 FROM page_host h WHERE h.name = ?1 AND (h.retry_at BETWEEN ?2 AND ?2 + 1296000000 OR h.day = ?3 AND h.asked >= ?4))
  AND NOT EXISTS (SELECT 1 FROM host h WHERE h.name = ?1 AND h.retry_at BETWEEN ?2 AND ?2 + 1296000000)
RETURNING article_id, seq, url, validators_url, etag, last_modified, failures

-- since when: what had to be repaired or may have been missed, how often, and when
-- last, the latest first
SELECT s.name, f.warning, sum(f.count), max(f.last) AS last
FROM source s CROSS JOIN fetch f ON f.source_id = s.id AND f.warning <> '' AND f.last >= ?1
WHERE s.position IS NOT NULL GROUP BY s.id, f.warning ORDER BY last DESC

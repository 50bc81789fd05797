-- what each configured Feed says to a Story, NULL if it has not been judged yet
SELECT f.name, coalesce(v.passes, iif(n.feed_id IS NULL, NULL, 0)), coalesce(v.reason, n.text), v.entered
FROM feed f
LEFT JOIN verdict v ON v.feed_id = f.id AND v.story_id = ?1
LEFT JOIN (
    SELECT r.feed_id, r.text
    FROM rejection j JOIN json_each(j.reasons) e JOIN reason r ON r.id = e.value
    WHERE j.story_id = ?1
) n ON n.feed_id = f.id
WHERE f.position IS NOT NULL
ORDER BY f.position

-- what each configured Feed says to a Story, NULL if it has not been judged yet
SELECT f.name, v.passes, v.reason, v.entered
FROM feed f LEFT JOIN verdict v ON v.feed_id = f.id AND v.story_id = ?1
WHERE f.position IS NOT NULL
ORDER BY f.position

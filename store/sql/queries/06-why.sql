-- Why is a story in a feed, or not? (Story 1; other queries tell ids.)
SELECT d.feed, iif(d.verdict, 'in', 'not in') AS verdict, d.reason, d.decided, s.title
FROM decisions d
JOIN stories s ON s.id = d.story_id
WHERE d.decision = 'feed' AND d.story_id = 1
ORDER BY d.verdict DESC, d.feed;

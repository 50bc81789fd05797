-- Which outlets carried a story, and how late? (The three that most carry.)
SELECT story_id, min(lag) / 60 AS minutes, outlet, title
FROM articles
WHERE story_id IN (
  SELECT id FROM (SELECT id, outlets FROM stories ORDER BY published DESC LIMIT 1000)
  WHERE outlets > 1 ORDER BY outlets DESC LIMIT 3)
GROUP BY story_id, outlet
ORDER BY story_id DESC, min(lag) IS NULL, min(lag), outlet;

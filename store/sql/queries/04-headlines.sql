-- Which headlines were changed most often, from what to what?
SELECT count(*) OVER (PARTITION BY article_id) AS times, source, seen, previous_title, title
FROM revisions
WHERE title <> previous_title AND article_id IN (
  SELECT article_id FROM revisions WHERE number > 1 AND title <> previous_title
  GROUP BY article_id ORDER BY count(*) DESC, article_id DESC LIMIT 5)
ORDER BY times DESC, article_id DESC, number;

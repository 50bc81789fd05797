-- Which headlines were changed most often, from what to what? (Of the last 30 days.)
WITH changed AS MATERIALIZED (
  SELECT article_id, number, source, seen, previous_title, title
  FROM revisions
  WHERE number > 1 AND seen >= date('now', '-30 days') AND title <> previous_title
)
SELECT count(*) OVER (PARTITION BY article_id) AS times, source, seen, previous_title, title
FROM changed
WHERE article_id IN (
  SELECT article_id FROM changed GROUP BY article_id
  ORDER BY count(*) DESC, article_id DESC LIMIT 5)
ORDER BY times DESC, article_id DESC, number;

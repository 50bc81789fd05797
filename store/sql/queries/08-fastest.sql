-- Who is fastest? (Of the newest thousand stories; the median is in minutes.)
WITH carried AS (
  SELECT outlet, min(lag) AS lag
  FROM articles
  WHERE lag IS NOT NULL AND story_id IN (
    SELECT id FROM (SELECT id, outlets FROM stories ORDER BY published DESC LIMIT 1000)
    WHERE outlets > 1)
  GROUP BY story_id, outlet
), ranked AS (
  SELECT outlet, lag, count(*) OVER (PARTITION BY outlet) AS stories,
         row_number() OVER (PARTITION BY outlet ORDER BY lag) AS place
  FROM carried
)
SELECT outlet, stories, sum(lag = 0) AS first, round(avg(lag) FILTER (
         WHERE place IN ((stories + 1) / 2, stories / 2 + 1)) / 60, 1) AS median
FROM ranked
GROUP BY outlet
ORDER BY median, stories DESC;

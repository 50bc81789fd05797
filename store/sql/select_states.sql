-- how many Sources are in each state
SELECT state, count(*) FROM sources WHERE position IS NOT NULL GROUP BY state

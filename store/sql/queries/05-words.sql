-- How often is a word used, by day and outlet?
SELECT date(published) AS day, outlet, count(*) AS articles
FROM search
WHERE words MATCH 'missile OR "미사 사일"'
GROUP BY day, outlet
ORDER BY day DESC, articles DESC, outlet
LIMIT 30;

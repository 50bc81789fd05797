-- Which sources are well?
SELECT name, state, articles, last_article, last_fetch, next_fetch,
       coalesce(last_error, push_error) AS problem
FROM sources
WHERE state <> 'removed'
ORDER BY state = 'ok', last_article, name;

-- hours from one on
SELECT hour, sum(polls) FILTER (WHERE outcome <> 'push'), sum(polls) FILTER (WHERE outcome NOT IN ('', 'not modified', 'push')),
       sum(polls) FILTER (WHERE outcome = 'not modified'), sum(bytes), sum(articles)
FROM poll_hour WHERE hour >= ?1 GROUP BY hour

-- hours from one on
SELECT hour, took, sum(polls) FROM poll_hour WHERE hour >= ?1 AND took >= 0 GROUP BY hour, took

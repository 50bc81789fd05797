-- hour, outcome, class of the time it took, bytes, new articles
INSERT INTO poll_hour (hour, outcome, took, polls, bytes, articles) VALUES (?1, ?2, ?3, 1, ?4, ?5)
ON CONFLICT DO UPDATE SET polls = polls + 1, bytes = bytes + excluded.bytes, articles = articles + excluded.articles

-- hour, outcome, class of the time they took, polls, bytes, new articles
INSERT INTO poll_hour (hour, outcome, took, polls, bytes, articles) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO UPDATE SET polls = polls + excluded.polls, bytes = bytes + excluded.bytes, articles = articles + excluded.articles

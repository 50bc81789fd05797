-- time, now: up to which id Articles were seen before a time; 0 if none was. What
-- lies before one that was seen since was seen by then, whether it is still there or
-- retention took it; if none was seen since, what lies before one that was not: a
-- clock that was wrong may have set one Article back by years, or ahead. No poll
-- brings as many Articles as lie between the first sketch and where this begins.
SELECT coalesce(
    (SELECT id - 1 FROM article WHERE id > (SELECT min(article_id) FROM sketch) - 20000 AND first_seen BETWEEN ?1 AND ?2 ORDER BY id LIMIT 1),
    (SELECT id FROM article WHERE first_seen < ?1 ORDER BY id DESC LIMIT 1),
    0)

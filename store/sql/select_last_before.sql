-- time, now: the last Article first seen before a time; 0 if there is none. What
-- lies before it was seen by then, too: a clock that was wrong may have set one
-- Article back by years, or ahead.
SELECT coalesce((
    SELECT id FROM article WHERE first_seen < ?1 AND id < coalesce((
        SELECT min(a.id) FROM sketch k JOIN article a ON a.id = k.article_id WHERE a.first_seen BETWEEN ?1 AND ?2), 9223372036854775807)
    ORDER BY id DESC LIMIT 1), 0)

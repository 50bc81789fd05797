-- Story, reason, time: no Feed shows it any longer
UPDATE verdict SET passes = 0, reason = ?2, judged = ?3, since = NULL, due = NULL WHERE story_id = ?1 AND (passes = 1 OR due IS NOT NULL) RETURNING feed_id

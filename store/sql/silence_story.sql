-- Story, reason, time: no Feed shows it any longer, for it is told in another
UPDATE verdict SET passes = 0, given = ?2, judged = ?3, since = NULL, due = NULL, deleted = iif(passes, ?3, deleted)
WHERE story_id = ?1 AND (passes = 1 OR due IS NOT NULL) RETURNING feed_id

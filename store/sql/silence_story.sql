-- Story, reason, time: no Feed shows it any longer, for it is told in another
UPDATE verdict SET passes = 0, reason = ?2, judged = ?3, deleted = ?3 WHERE story_id = ?1 AND passes = 1 RETURNING feed_id

-- id, time of news, which a clock that was set back does not move back
UPDATE story SET updated = max(coalesce(updated, first_seen), ?2) WHERE id = ?1

-- What is there gives way, but for what says that the two are the same report:
-- who wants that to go deletes it before. An Article that is gone is passed over.
INSERT INTO likeness (article_id, other_id, score, verdict, reason, made)
SELECT max(?1, ?2), min(?1, ?2), ?3, ?4, ?5, ?6 FROM article WHERE id = ?2
ON CONFLICT DO UPDATE SET score = excluded.score, verdict = excluded.verdict, reason = excluded.reason, made = excluded.made
WHERE excluded.verdict = 'same' OR likeness.verdict <> 'same'

-- article; whether those stay that say that it is the same report
DELETE FROM likeness WHERE (article_id = ?1 OR other_id = ?1) AND NOT (?2 AND verdict = 'same')

-- link: the Articles that a person ruled to tell the same report as its page
SELECT a.id, a.story_id
FROM ruling r JOIN article a ON a.link_key = iif(r.link_key = ?1, r.other_key, r.link_key) AND a.link_key <> 0
WHERE r.same = 1 AND (r.link_key = ?1 OR r.other_key = ?1)

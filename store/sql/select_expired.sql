-- Articles that no Document has listed since a time
SELECT a.id, a.source_id, a.key, a.link_key, a.story_id, a.published, r.title
FROM article a JOIN revision r ON r.seq = a.seq
WHERE a.gone IS NOT NULL AND a.gone < ?1 ORDER BY a.gone LIMIT ?2

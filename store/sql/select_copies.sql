-- of the Stories whose ids are in a JSON list
SELECT a.id, a.story_id, s.name, s.url, s.outlet, s.agency, a.guid, a.link, a.published, a.first_seen,
       r.title, r.summary, r.content, r.language, r.image, r.authors, r.categories, r.enclosures, r.origin, r.claimed, r.seen,
       (SELECT count(*) FROM revision v WHERE v.article_id = a.id), r.credit, a.deleted
FROM article a
JOIN source s ON s.id = a.source_id
JOIN revision r ON r.seq = a.seq
WHERE a.story_id IN (SELECT value FROM json_each(?1))
ORDER BY a.story_id, a.first_seen, a.id

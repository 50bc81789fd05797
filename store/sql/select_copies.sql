-- of the Stories whose ids are in a JSON list. The text of a page stands for the
-- content, and what else it says for what the Source does not.
SELECT a.id, a.story_id, s.name, s.url, s.outlet, s.agency, a.guid, a.link, a.published, a.first_seen,
       NOT coalesce(a.published < a.first_seen OR a.first_seen > s.first_document, 0),
       r.title, r.summary, coalesce(p.content, r.content), coalesce(nullif(r.language, ''), p.language, ''),
       coalesce(nullif(r.image, ''), json_extract(p.picture, '$.url'), ''),
       coalesce(r.authors, p.authors), r.categories, r.enclosures, r.origin, r.claimed, r.seen,
       (SELECT count(*) FROM revision v WHERE v.article_id = a.id), coalesce(nullif(r.credit, ''), p.credit, ''), a.deleted, coalesce(a.path, '')
FROM article a
JOIN source s ON s.id = a.source_id
JOIN revision r ON r.seq = a.seq
LEFT JOIN page p ON p.article_id = a.id AND p.text IS NOT NULL
WHERE a.story_id IN (SELECT value FROM json_each(?1))
ORDER BY a.story_id, a.first_seen, a.id

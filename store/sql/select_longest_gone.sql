-- Articles that left their Documents longest ago, with how many bytes they take:
-- their words and those of the search index, and the rows of all tables about them
SELECT a.id, a.gone, 1000
       + coalesce((SELECT sum(octet_length(r.title) + octet_length(r.summary) + octet_length(r.content)) FROM revision r WHERE r.article_id = a.id), 0) * 3 / 2
       + coalesce((SELECT octet_length(p.text) + octet_length(p.content) FROM page p WHERE p.article_id = a.id), 0) * 4 / 3
FROM article a WHERE a.gone IS NOT NULL ORDER BY a.gone LIMIT ?1

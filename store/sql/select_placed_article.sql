-- an Article with its Source, and whether it is of that Source's first Document
SELECT a.id, a.source_id, a.key, a.link_key, a.digest, a.seq, a.story_id, a.published, a.gone IS NOT NULL, a.published = a.first_seen,
       s.agency, s.outlet, s.url, coalesce(a.first_seen <= v.first_document, 1)
FROM article a JOIN source s ON s.id = a.source_id JOIN source v ON v.id = a.via WHERE a.id = ?1

-- an Article, unless a Document lists it again
SELECT a.id, a.via, a.key, a.link_key, a.story_id, a.published, r.title
FROM article a JOIN revision r ON r.seq = a.seq WHERE a.id = ?1 AND a.gone IS NOT NULL

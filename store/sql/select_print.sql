-- what an Article says in a Revision, as it is compared
SELECT r.title, r.summary, r.content, r.authors, r.origin, a.guid, a.link, s.agency
FROM revision r JOIN article a ON a.id = r.article_id JOIN source s ON s.id = a.source_id WHERE r.seq = ?1

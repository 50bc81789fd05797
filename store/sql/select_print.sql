-- what an Article says in a Revision, or in its newest if that is 0, as it is
-- compared: the text of its page stands for the content, which has captions, too
SELECT r.title, r.summary, coalesce(replace(replace(p.text, '&', '&amp;'), '<', '&lt;'), r.content), r.authors, r.origin, a.guid, a.link, a.source_id, s.agency, a.published, a.published = a.first_seen,
       coalesce(p.credit, iif(a.entry IS NULL, '', r.credit))
FROM article a JOIN revision r ON r.seq = iif(?2 = 0, a.seq, ?2) JOIN source s ON s.id = a.source_id
LEFT JOIN page p ON p.article_id = a.id AND p.text IS NOT NULL
WHERE a.id = ?1

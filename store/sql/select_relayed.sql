-- how an Article came, and what of its newest Revision is kept if less comes
SELECT coalesce(a.entry, ''), coalesce(a.path, ''), a.brief, r.summary, r.content, r.image, r.authors, r.categories, r.enclosures
FROM article a JOIN revision r ON r.seq = a.seq WHERE a.id = ?1

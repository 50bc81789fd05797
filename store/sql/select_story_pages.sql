-- story: what became of its Articles' pages
SELECT p.article_id, p.url, v.state, p.asked, p.due, p.fetched, p.failures, p.kind, p.error, coalesce(length(p.text), 0)
FROM article a JOIN page p ON p.article_id = a.id JOIN pages v ON v.article_id = p.article_id WHERE a.story_id = ?1

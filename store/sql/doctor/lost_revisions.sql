-- articles whose newest revision is not one of theirs
SELECT count(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM revision r WHERE r.seq = a.seq AND r.article_id = a.id);
-- repair: the newest that is there takes its place; articles without any are removed
UPDATE article SET seq = coalesce((SELECT max(r.seq) FROM revision r WHERE r.article_id = article.id), 0)
WHERE NOT EXISTS (SELECT 1 FROM revision r WHERE r.seq = article.seq AND r.article_id = article.id);
DELETE FROM article WHERE seq = 0;
UPDATE feed SET backlog = coalesce((SELECT max(id) FROM story), 0), changed = changed + 1 WHERE position IS NOT NULL;

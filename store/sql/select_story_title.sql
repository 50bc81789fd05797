-- the headline of the Article seen first
SELECT r.title FROM article a JOIN revision r ON r.seq = a.seq WHERE a.story_id = ?1 ORDER BY a.id LIMIT 1

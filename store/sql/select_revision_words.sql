-- seq: what the next Revision is compared with
SELECT r.title, r.summary, r.content, a.guid FROM revision r JOIN article a ON a.id = r.article_id WHERE r.seq = ?1

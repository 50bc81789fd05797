-- those above a seq, and no more than the index holds
SELECT seq, article_id, sketch FROM sketch
WHERE seq > max(?1, (SELECT coalesce(max(seq), 0) FROM sketch) - ?2) ORDER BY seq

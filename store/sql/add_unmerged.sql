-- so many Articles more were taken out of the search index
INSERT INTO meta (name, value) VALUES ('unmerged', ?1) ON CONFLICT DO UPDATE SET value = value + excluded.value

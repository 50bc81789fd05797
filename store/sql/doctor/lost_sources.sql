-- articles of a source that is not there
SELECT count(*) FROM article WHERE source_id NOT IN (SELECT id FROM source);
-- repair: the source is made again, as one that is no longer configured
INSERT INTO source (id, name, url, outlet)
SELECT DISTINCT source_id, 'lost-' || source_id, '', 'lost-' || source_id FROM article WHERE source_id NOT IN (SELECT id FROM source);

-- articles of a source that is not there
SELECT count(*) FROM article WHERE source_id NOT IN (SELECT id FROM source) OR via NOT IN (SELECT id FROM source);
-- repair: the source is made again, as one that is no longer configured
INSERT INTO source (id, name, url, outlet)
SELECT id, 'lost-' || id, '', 'lost-' || id FROM (SELECT source_id AS id FROM article UNION SELECT via FROM article) WHERE id NOT IN (SELECT id FROM source);

-- articles of a source that is not there
SELECT count(*) FROM article WHERE source_id NOT IN (SELECT id FROM source) OR via NOT IN (SELECT id FROM source);
-- repair: the source is made again, as one that is no longer configured, or that
-- comes by the newswired by which its articles came
INSERT INTO source (id, name, url, outlet, via)
SELECT x.id, 'lost-' || x.id, '', 'lost-' || x.id, (SELECT a.via FROM article a WHERE a.source_id = x.id AND a.via <> x.id)
FROM (SELECT source_id AS id FROM article UNION SELECT via FROM article) x WHERE x.id NOT IN (SELECT id FROM source);

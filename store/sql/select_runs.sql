-- name, how many: the runs of polls of a Source, the newest first
SELECT f.first, f.last, f.count, f.status, f.kind, f.error, f.warning, f.bytes, f.took, f.new, f.revised, f.refused, f.pushed
FROM fetch f WHERE f.source_id = (SELECT id FROM source WHERE name = ?1) ORDER BY f.id DESC LIMIT ?2

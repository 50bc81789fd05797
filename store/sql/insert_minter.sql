-- what ids begin with, Source. Who had it first keeps it, unless it is no longer
-- configured, or only passes on what the Source itself gives.
INSERT INTO minter (prefix, source_id) VALUES (?1, ?2) ON CONFLICT (prefix) DO UPDATE SET source_id = excluded.source_id
WHERE (SELECT o.position FROM source o WHERE o.id = minter.source_id) IS NULL
   OR (SELECT o.relay FROM source o WHERE o.id = minter.source_id) <> minter.prefix
  AND (SELECT o.relay FROM source o WHERE o.id = excluded.source_id) = minter.prefix

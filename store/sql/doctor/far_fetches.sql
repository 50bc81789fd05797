-- sources that are not to be polled for eight days or more, for the clock was ahead
SELECT count(*) FROM source WHERE max(coalesce(next_fetch, 0), coalesce(retry_at, 0)) > ?1 + 8 * 86400000;
-- repair: they are polled at their next time
UPDATE source SET next_fetch = NULL, retry_at = NULL WHERE max(coalesce(next_fetch, 0), coalesce(retry_at, 0)) > ?1 + 8 * 86400000;

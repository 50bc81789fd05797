-- host, failures in a row, when the next page may be asked for
UPDATE page_host SET failures = ?2, retry_at = ?3 WHERE name = ?1

-- id, and what can change
UPDATE subscription SET state = ?2, due = ?3, lease_until = ?4, since = ?5, failures = ?6, error = ?7,
    delivered = ?8, deliveries = ?9, dropped = ?10, proved = ?11, missed = ?12, owed = ?13, trusted = ?14
WHERE id = ?1

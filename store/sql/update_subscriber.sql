-- callback, topic, and what a delivery changes
UPDATE subscriber SET told = ?3, due = ?4, failures = ?5, error = ?6 WHERE callback = ?1 AND topic = ?2

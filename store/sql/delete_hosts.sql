DELETE FROM host WHERE retry_at < ?1

SELECT name, retry_at FROM host

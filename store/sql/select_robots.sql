-- origin: its robots.txt
SELECT status, text, error, fetched, expires FROM robots WHERE origin = ?1

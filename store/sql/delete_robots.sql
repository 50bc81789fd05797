-- what expired before a time
DELETE FROM robots WHERE expires < ?1

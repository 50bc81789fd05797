-- those before a time
DELETE FROM poll_hour WHERE hour < ?1 / 3600000

-- before a time
DELETE FROM refusal WHERE last < ?1

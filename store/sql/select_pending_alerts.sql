-- Those that last, or that are still to be told.
SELECT kind, source, says, advice, since, began, ended, told FROM alert
WHERE ended IS NULL OR told = 0 ORDER BY id

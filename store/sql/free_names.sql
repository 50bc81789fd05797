-- of the slash that rename_sources put before them
UPDATE source SET name = substr(name, 2) WHERE name LIKE '/%'

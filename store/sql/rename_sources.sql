-- names, as JSON: the new by the former. What comes by a newswired bears its name, too.
-- Each gets a slash before it, for its bearer may be about to lose it (free_names).
UPDATE source SET name = '/' || n.value || substr(source.name, length(n.key) + 1)
FROM json_each(?1) n WHERE n.key = substr(source.name, 1, instr(source.name || '/', '/') - 1)

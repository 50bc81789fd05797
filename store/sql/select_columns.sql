-- the columns of a view, with the type that SQLite knows, and its text
SELECT c.name, c.type, v.sql FROM pragma_table_info(?1) c JOIN sqlite_schema v ON v.type = 'view' AND v.name = ?1 ORDER BY c.cid

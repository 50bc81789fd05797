-- Source: the items of its last Document, see the table document
SELECT items FROM document WHERE source_id = ?1

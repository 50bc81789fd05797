-- seq of a Revision that is not kept
DELETE FROM revision WHERE seq = ?1

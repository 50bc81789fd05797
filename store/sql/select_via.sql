-- Article: the Source whose Document lists it
SELECT via FROM article WHERE id = ?1

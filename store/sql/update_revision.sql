-- seq, and what may change without new words
UPDATE revision SET language = ?2, image = ?3, authors = ?4, categories = ?5, enclosures = ?6, origin = ?7, credit = ?8 WHERE seq = ?1

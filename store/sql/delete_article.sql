-- Article; what is known of it goes along
DELETE FROM article WHERE id = ?1

-- subscription: its callback is no longer known
DELETE FROM subscription WHERE id = ?1

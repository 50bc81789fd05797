SELECT id, name, rule, prefer FROM feed

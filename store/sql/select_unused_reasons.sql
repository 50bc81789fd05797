-- reasons that no rejection names
SELECT id FROM reason WHERE id NOT IN (SELECT e.value FROM rejection n JOIN json_each(n.reasons) e)

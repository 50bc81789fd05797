-- Feed: when what it shows changed last
SELECT changed FROM feed WHERE name = ?1

-- The configured Feeds, with how many Entries ever entered and when one last changed
SELECT name, entered, changed FROM feed WHERE position IS NOT NULL ORDER BY position

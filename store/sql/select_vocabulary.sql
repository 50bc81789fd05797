-- how common words were when it was last saved
SELECT counts FROM vocabulary

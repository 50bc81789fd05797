SELECT counts FROM vocabulary

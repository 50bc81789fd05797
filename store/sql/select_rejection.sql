SELECT reasons FROM rejection WHERE story_id = ?1

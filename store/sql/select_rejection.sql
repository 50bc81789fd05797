-- Story: why the Feeds that never showed it did not
SELECT reasons FROM rejection WHERE story_id = ?1

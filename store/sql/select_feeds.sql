-- by which rule each was last judged, to find those whose rule has changed
SELECT id, name, rule, prefer FROM feed

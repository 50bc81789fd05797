-- stories that some feeds do not show for a reason which is not there
SELECT count(*) FROM rejection n WHERE EXISTS (SELECT 1 FROM json_each(n.reasons) e WHERE e.value NOT IN (SELECT id FROM reason));
-- repair: every feed judges again
UPDATE rejection SET reasons = (SELECT json_group_array(e.value) FROM json_each(rejection.reasons) e WHERE e.value IN (SELECT id FROM reason))
WHERE EXISTS (SELECT 1 FROM json_each(rejection.reasons) e WHERE e.value NOT IN (SELECT id FROM reason));
UPDATE feed SET backlog = coalesce((SELECT max(id) FROM story), 0), changed = changed + 1 WHERE position IS NOT NULL;

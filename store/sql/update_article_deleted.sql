-- Source, key, time: its Source says that it is void
UPDATE article SET deleted = ?3, gone = coalesce(gone, ?3) WHERE via = ?1 AND key = ?2 AND deleted IS NULL RETURNING story_id

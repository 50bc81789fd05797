-- of a Source: what its Document lists again is not void
UPDATE article SET deleted = NULL WHERE via = ?1 AND deleted IS NOT NULL AND gone IS NULL RETURNING story_id

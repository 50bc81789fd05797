-- name, url and reading of when it was asked, fetched, next, what decided it,
-- when the server allows the next, validators, digest and whether it is the one
-- it was, whether there was a whole Document, whether it had new Articles, pace,
-- bytes of the body, -1 if there was none because the Document is as it was
UPDATE source SET
    last_fetch = ?4, last_well = ?4, next_fetch = ?5, next_reason = ?6, retry_at = ?7, failures = 0, failing_since = NULL, kind = '', error = '',
    validators_url = ?8, etag = ?9, last_modified = ?10, digest = iif(?12, digest, ?11),
    first_document = iif(?13, coalesce(first_document, ?4), first_document),
    last_article = iif(?14, ?4, last_article), pace = ?15,
    saved = saved + iif(?16 < 0, size, 0), size = iif(?16 < 0, size, ?16)
WHERE name = ?1 AND (?2 = '' OR url = ?2 AND reading = ?3 AND position IS NOT NULL)
RETURNING id, url, move, push

-- name, url and reading of when it was asked, fetched, next, when the server
-- allows the next, validators, digest and whether it is the one it was, whether
-- there was a whole Document, whether it had new Articles
UPDATE source SET
    last_fetch = ?4, next_fetch = ?5, retry_at = ?6, failures = 0, kind = '', error = '',
    validators_url = ?7, etag = ?8, last_modified = ?9, digest = iif(?11, digest, ?10),
    first_document = iif(?12, coalesce(first_document, ?4), first_document),
    last_article = iif(?13, ?4, last_article)
WHERE name = ?1 AND (?2 = '' OR url = ?2 AND reading = ?3 AND position IS NOT NULL)
RETURNING id

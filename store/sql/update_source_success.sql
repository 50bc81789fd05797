-- id, validators_url, etag, last_modified, digest, fetched, next, whether there
-- was a whole Document, whether it had new Articles, when the server allows the
-- next, what decided the next, pace
UPDATE source SET
    validators_url = ?2, etag = ?3, last_modified = ?4, digest = ?5,
    last_fetch = ?6, next_fetch = ?7, retry_at = ?10, next_reason = ?11, pace = ?12,
    failures = 0, kind = '', error = '',
    first_document = iif(?8, coalesce(first_document, ?6), first_document),
    last_article = iif(?9, ?6, last_article)
WHERE id = ?1

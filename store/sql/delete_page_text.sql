-- article: its text is of a former Revision, and there will be none of this one
UPDATE page SET fetched = NULL, validators_url = '', etag = '', last_modified = '', link = '', title = '', authors = NULL, outlet = '', credit = '',
    published = NULL, updated = NULL, language = '', section = '', keywords = NULL, picture = NULL, text = NULL, content = NULL
WHERE article_id = ?1

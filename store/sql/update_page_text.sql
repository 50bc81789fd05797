-- article, seq and url for which it was asked, fetched, status, validators, and
-- what the page says. If there is another Revision by now, it is due once more.
UPDATE page SET due = iif(seq = ?2 AND url = ?3, NULL, due), failures = 0, kind = '', error = '', fetched = ?4, status = ?5,
    validators_url = ?6, etag = ?7, last_modified = ?8, link = ?9, title = ?10, authors = ?11, outlet = ?12, credit = ?13, published = ?14, updated = ?15,
    language = ?16, section = ?17, keywords = ?18, picture = ?19, text = ?20, content = ?21
WHERE article_id = ?1

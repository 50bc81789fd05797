-- id, time, whether there were new Articles. What a hub delivers changes nothing
-- else of a Source: its Document was not fetched.
UPDATE source SET last_article = iif(?3, ?2, last_article) WHERE id = ?1

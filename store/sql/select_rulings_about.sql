-- what persons ruled about the pages of Articles, whose ids are in a JSON list
WITH page AS (SELECT link_key FROM article WHERE id IN (SELECT value FROM json_each(?1)) AND link_key <> 0)
SELECT url, other_url, same, configured, made FROM ruling
WHERE link_key IN (SELECT link_key FROM page) OR other_key IN (SELECT link_key FROM page)
ORDER BY made, url, other_url

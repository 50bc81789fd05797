-- The views that people query: they only ever gain columns.

CREATE VIEW sources AS  -- one row per Source that was ever configured
SELECT s.id,
       s.name,
       s.url,
       s.outlet,
       nullif(s.agency, '') AS agency,
       CASE WHEN s.position IS NULL THEN 'removed'
            WHEN s.kind = 'offline' THEN 'offline'
            WHEN s.kind = 'gone' THEN 'stopped'
            WHEN s.last_fetch IS NULL THEN 'new'
            WHEN s.failures > 0 THEN 'failing'
            ELSE 'ok' END AS state,
       strftime('%Y-%m-%dT%H:%M:%SZ', s.last_fetch / 1000.0, 'unixepoch') AS last_fetch,
       strftime('%Y-%m-%dT%H:%M:%SZ', max(coalesce(s.next_fetch, h.retry_at), coalesce(h.retry_at, s.next_fetch)) / 1000.0, 'unixepoch') AS next_fetch,
       strftime('%Y-%m-%dT%H:%M:%SZ', s.last_article / 1000.0, 'unixepoch') AS last_article,
       s.failures,             -- in a row
       nullif(s.error, '') AS last_error,
       (SELECT count(*) FROM article a WHERE a.source_id = s.id) AS articles,
       CASE WHEN h.retry_at > coalesce(s.next_fetch, 0) THEN 'too many requests'
            ELSE nullif(s.next_reason, '') END AS next_reason,  -- what decided next_fetch: schedule, Retry-After, max-age ...
       nullif(s.moved_to, '') AS moved_to,  -- where it is asked instead of url, after permanent redirects that lasted for a day
       coalesce(p.hub, json_extract(s.push, '$.hubs[0]')) AS hub,  -- that tells of its news, or could (WebSub)
       CASE WHEN p.trusted THEN 'trusted'         -- it delivers, and the source is polled slowly
            WHEN p.state = 'live' THEN 'live'     -- subscribed to, and not yet proved or proved wrong
            WHEN p.failures > 0 THEN 'failing'
            WHEN p.id IS NOT NULL THEN 'asked'
            WHEN json_extract(s.push, '$.hubs[0]') IS NOT NULL THEN 'available' END AS push,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.lease_until / 1000.0, 'unixepoch') AS pushed_until,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.delivered / 1000.0, 'unixepoch') AS last_push,
       nullif(p.error, '') AS push_error,
       s.full_text             -- 1: the pages of its articles are fetched
FROM source s
LEFT JOIN host h ON h.name = s.host
LEFT JOIN subscription p ON p.id =
    (SELECT x.id FROM subscription x WHERE x.source_id = s.id AND x.state IN ('pending', 'asked', 'live')
      ORDER BY x.state = 'live' DESC, x.id DESC LIMIT 1);

CREATE VIEW articles AS  -- one row per Article, as its newest Revision has it
SELECT a.id,
       s.name AS source,
       a.story_id,
       nullif(a.link, '') AS link,
       nullif(a.guid, '') AS guid,
       r.title,
       nullif(r.summary, '') AS summary,
       nullif(r.content, '') AS content,
       (SELECT group_concat(coalesce(json_extract(p.value, '$.name'), json_extract(p.value, '$.email')), ', ')
          FROM json_each(r.authors) p) AS author,
       coalesce(nullif(s.agency, ''), nullif(r.credit, ''), nullif(p.credit, '')) AS agency,  -- the wire itself, or whom the text names as its origin
       nullif(r.marker, '') AS marker,  -- the wire's words before the headline
       nullif(r.language, '') AS language,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.published / 1000.0, 'unixepoch') AS published,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen / 1000.0, 'unixepoch') AS first_seen,
       strftime('%Y-%m-%dT%H:%M:%SZ', r.seen / 1000.0, 'unixepoch') AS updated,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.gone / 1000.0, 'unixepoch') AS left_document,  -- NULL while its Source still lists it
       (SELECT count(*) FROM revision v WHERE v.article_id = a.id) AS revisions,
       s.outlet,
       r.categories,           -- JSON
       nullif(r.image, '') AS image,
       r.enclosures,           -- JSON
       p.text                  -- of its page, whole; NULL if there is none
FROM article a
JOIN source s ON s.id = a.source_id
JOIN revision r ON r.seq = a.seq
LEFT JOIN page p ON p.article_id = a.id AND p.text IS NOT NULL;

CREATE VIEW pages AS  -- one row per page of an Article that was to be fetched
SELECT p.article_id,
       s.name AS source,
       p.url,
       CASE WHEN p.due IS NOT NULL AND p.failures = 0 THEN 'due'
            WHEN p.due IS NOT NULL THEN 'failing'    -- asked for again at next_fetch
            WHEN p.kind = '' THEN 'kept'             -- its text stands for the article
            ELSE 'given up' END AS state,            -- until the article is revised
       strftime('%Y-%m-%dT%H:%M:%SZ', p.asked / 1000.0, 'unixepoch') AS last_fetch,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.due / 1000.0, 'unixepoch') AS next_fetch,  -- not before; page_budget may let it wait
       p.failures,             -- in a row
       nullif(p.status, 0) AS status,  -- HTTP status
       nullif(p.kind, '') AS kind,     -- how it failed: paywall, consent, robots.txt, says less ...
       nullif(p.error, '') AS last_error,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.fetched / 1000.0, 'unixepoch') AS fetched,  -- when the text was had; NULL: there is none
       nullif(p.title, '') AS title,
       (SELECT group_concat(json_extract(x.value, '$.name'), ', ') FROM json_each(p.authors) x) AS author,
       nullif(p.outlet, '') AS outlet,      -- by its own word, like all that follows
       nullif(p.credit, '') AS credit,      -- the agency that it names as its origin
       strftime('%Y-%m-%dT%H:%M:%SZ', p.published / 1000.0, 'unixepoch') AS published,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.updated / 1000.0, 'unixepoch') AS updated,
       nullif(p.link, '') AS link,          -- canonical
       nullif(p.language, '') AS language,
       nullif(p.section, '') AS section,
       p.keywords,             -- JSON
       p.picture,              -- JSON: url, caption, credit
       p.text,
       p.content               -- the text as HTML, not sanitised
FROM page p
JOIN article a ON a.id = p.article_id
JOIN source s ON s.id = a.source_id;

CREATE VIEW search AS  -- one row per Article that has words: WHERE words MATCH '...' ORDER BY rank
SELECT w.word_index AS words,  -- only to be matched (FTS5), for example: storm flood, "cruise missile", ferr*, title:storm, 금리, "여객 객선"
       w.rank,                 -- how well it fits, the best least; only in ORDER BY or beside MATCH
       a.id AS article_id,
       s.name AS source,
       s.outlet,
       a.story_id,
       n.title,
       nullif(a.link, '') AS link,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.published / 1000.0, 'unixepoch') AS published
FROM word_index w
CROSS JOIN revision r ON r.seq = w.rowid
CROSS JOIN article a ON a.id = r.article_id
CROSS JOIN revision n ON n.seq = a.seq
CROSS JOIN source s ON s.id = a.source_id;

CREATE VIEW revisions AS  -- one row per state of an Article, the first included
SELECT r.seq,
       r.article_id,
       s.name AS source,
       strftime('%Y-%m-%dT%H:%M:%SZ', r.seen / 1000.0, 'unixepoch') AS seen,
       r.title,
       nullif(r.marker, '') AS marker,
       nullif(r.credit, '') AS credit,  -- the agency that the text names as its origin
       nullif(r.summary, '') AS summary,
       nullif(r.content, '') AS content
FROM revision r
JOIN article a ON a.id = r.article_id
JOIN source s ON s.id = a.source_id;

CREATE VIEW stories AS  -- one row per Story; title, link and agency are those of the Article seen first
SELECT t.id,
       r.title,
       nullif(a.link, '') AS link,
       nullif(s.agency, '') AS agency,
       strftime('%Y-%m-%dT%H:%M:%SZ', t.published / 1000.0, 'unixepoch') AS published,
       strftime('%Y-%m-%dT%H:%M:%SZ', t.updated / 1000.0, 'unixepoch') AS updated,
       (SELECT count(*) FROM article x WHERE x.story_id = t.id) AS articles,
       (SELECT count(DISTINCT y.outlet) FROM article x JOIN source y ON y.id = x.source_id WHERE x.story_id = t.id) AS outlets,
       (SELECT count(DISTINCT coalesce(nullif(y.agency, ''), nullif(z.credit, ''), nullif(q.credit, ''), y.outlet))
          FROM article x JOIN source y ON y.id = x.source_id JOIN revision z ON z.seq = x.seq LEFT JOIN page q ON q.article_id = x.id AND q.text IS NOT NULL
         WHERE x.story_id = t.id) AS origins  -- an agency counts once, however many print it
FROM story t
JOIN article a ON a.id = (SELECT min(id) FROM article WHERE story_id = t.id)
JOIN source s ON s.id = a.source_id
JOIN revision r ON r.seq = a.seq;

CREATE VIEW entries AS  -- one row per Story in a Feed, as the Feed shows it
SELECT f.name AS feed,
       v.story_id,
       (SELECT value FROM meta WHERE name = 'tag_prefix') || 'story/' || v.story_id AS entry_id,
       r.title,
       nullif(a.link, '') AS link,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.published / 1000.0, 'unixepoch') AS published,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.updated / 1000.0, 'unixepoch') AS updated,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.entered / 1000.0, 'unixepoch') AS entered,
       v.article_id
FROM verdict v
JOIN feed f ON f.id = v.feed_id
JOIN article a ON a.id = v.article_id
JOIN revision r ON r.seq = a.seq
WHERE v.passes = 1 AND f.position IS NOT NULL;

CREATE VIEW fetches AS  -- one row per run of polls with the same outcome
SELECT f.id,
       s.name AS source,
       strftime('%Y-%m-%dT%H:%M:%SZ', f.first / 1000.0, 'unixepoch') AS first,
       strftime('%Y-%m-%dT%H:%M:%SZ', f.last / 1000.0, 'unixepoch') AS last,
       f.count,
       nullif(f.status, 0) AS status,
       nullif(f.kind, '') AS kind,
       nullif(f.error, '') AS error,
       nullif(f.warning, '') AS warning,
       f.bytes,
       f.took,                 -- milliseconds, of the last poll
       f.new,
       f.revised,
       f.refused,
       iif(f.pushed, 'push', 'poll') AS via  -- push: a hub delivered it
FROM fetch f
JOIN source s ON s.id = f.source_id;

CREATE VIEW decisions AS  -- why an Article is in its Story ('story'; pair by pair 'same', 'related', 'different'; 'ruling'), a Story in a Feed or not ('feed'), and what was 'refused'
SELECT 'story' AS decision,
       a.story_id,
       a.id AS article_id,
       s.name AS source,
       NULL AS feed,
       1 AS verdict,
       a.placed AS reason,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen / 1000.0, 'unixepoch') AS decided,
       NULL AS other_article_id
FROM article a JOIN source s ON s.id = a.source_id
UNION ALL
SELECT l.verdict, a.story_id, l.article_id, s.name, NULL, l.verdict = 'same', l.reason,
       strftime('%Y-%m-%dT%H:%M:%SZ', l.made / 1000.0, 'unixepoch'), l.other_id
FROM likeness l JOIN article a ON a.id = l.article_id JOIN source s ON s.id = a.source_id
UNION ALL
SELECT 'ruling', NULL, NULL, NULL, NULL, r.same,
       iif(r.configured, 'the configuration', 'a person') || ': ' || r.url || iif(r.same, ' tells the report of ', ' tells another report than ') || r.other_url,
       strftime('%Y-%m-%dT%H:%M:%SZ', r.made / 1000.0, 'unixepoch'), NULL
FROM ruling r
UNION ALL
SELECT 'feed', v.story_id, v.article_id, NULL, f.name, v.passes, v.reason,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.judged / 1000.0, 'unixepoch'), NULL
FROM verdict v JOIN feed f ON f.id = v.feed_id
UNION ALL
SELECT 'feed', n.story_id, NULL, NULL, f.name, 0, r.text,
       strftime('%Y-%m-%dT%H:%M:%SZ', n.judged / 1000.0, 'unixepoch'), NULL
FROM rejection n JOIN json_each(n.reasons) e JOIN reason r ON r.id = e.value JOIN feed f ON f.id = r.feed_id
UNION ALL
SELECT 'refused', NULL, NULL, s.name, NULL, 0, r.name || ': ' || r.reason,
       strftime('%Y-%m-%dT%H:%M:%SZ', r.last / 1000.0, 'unixepoch'), NULL
FROM refusal r JOIN source s ON s.id = r.source_id;

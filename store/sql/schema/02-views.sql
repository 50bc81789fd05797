-- The views are for those who query, and a contract: within a major version they
-- only gain columns. Each column has a line here, which newswired schema prints:
-- its type, then what it says. The types are
--
--   integer
--   text     never empty
--   time     text: ISO 8601 in UTC, to the second, 2026-03-01T09:00:00Z
--   flag     integer: 0 or 1
--   json     text
--   real
--
-- What is unknown, or is not there, is NULL.
--
-- An article is joined with its source by the source_id and by the via that goes
-- with it, for the indexes are by via.

CREATE VIEW sources (  -- One row for each source that was ever configured: a feed that is polled.
    id,            -- integer. Identifies the source; source_id in the other views.
    name,          -- text. Its name in the configuration; source in the other views.
    url,           -- text. Where its document is, as configured.
    outlet,        -- text. Who publishes it; several sources may share an outlet.
    agency,        -- text. The agency whose own feed it is; NULL for a newspaper.
    state,         -- text. How it is: ok, failing, stopped (410 Gone), new (never polled), offline (we
                   -- had no network), removed (from the configuration), relayed (it comes by another newswired).
    last_fetch,    -- time. When it was last polled.
    next_fetch,    -- time. When it may be polled next at the earliest; NULL: at its schedule's next time.
    last_article,  -- time. When its newest article was first seen.
    failures,      -- integer. How many polls in a row have failed; 0 if the last one did not.
    last_error,    -- text. Why the last poll failed; NULL if it did not.
    articles,      -- integer. How many of its articles are stored.
    next_reason,   -- text. What decided next_fetch: schedule, Retry-After, max-age, back-off ...
    moved_to,      -- text. Where it is asked instead of url, after permanent redirects that lasted a day.
    hub,           -- text. The hub that tells of its news, or could (WebSub).
    push,          -- text. How that goes: available (not subscribed to), asked, failing, live (verified),
                   -- trusted (it delivers, and the source is polled slowly); NULL: there is no hub.
    pushed_until,  -- time. When the subscription at the hub ends, unless it is renewed.
    last_push,     -- time. When the hub last delivered.
    push_error,    -- text. Why the hub could not be subscribed to.
    full_text,     -- flag. 1 if the pages of its articles are fetched.
    schedule,      -- text. Its schedule: a cron expression, @every or auto.
    position,      -- integer. Its place in the configuration, from 0; NULL if it is no longer there.
    failing_since, -- time. When the first of those polls failed; NULL if failures is 0. Polls without a
                   -- network do not count: they neither begin nor end it.
    bytes_saved,   -- integer. How many bytes 304 (Not Modified) has spared: each as many as the last document
                   -- had, decoded. A document that was sent and is the same as before spared nothing.
    via,           -- text. The source by which it comes, a newswired's; NULL: it is polled itself.
    relay          -- text. What the ids of the newswired begin with whose feed it is; NULL: it is no newswired's, or is not taken for
                   -- one (relay: false).
) AS
SELECT s.id,
       s.name,
       s.url,
       s.outlet,
       nullif(s.agency, '') AS agency,
       CASE WHEN s.via IS NOT NULL THEN 'relayed'
            WHEN s.position IS NULL THEN 'removed'
            WHEN s.kind = 'offline' THEN 'offline'
            WHEN s.kind = 'gone' THEN 'stopped'
            WHEN s.last_fetch IS NULL THEN 'new'
            WHEN s.failures > 0 THEN 'failing'
            ELSE 'ok' END AS state,
       strftime('%Y-%m-%dT%H:%M:%SZ', s.last_fetch / 1000.0, 'unixepoch') AS last_fetch,
       strftime('%Y-%m-%dT%H:%M:%SZ', max(coalesce(s.next_fetch, h.retry_at), coalesce(h.retry_at, s.next_fetch)) / 1000.0, 'unixepoch') AS next_fetch,
       strftime('%Y-%m-%dT%H:%M:%SZ', s.last_article / 1000.0, 'unixepoch') AS last_article,
       s.failures,
       nullif(s.error, '') AS last_error,
       (SELECT count(*) FROM article a WHERE a.via = coalesce(s.via, s.id) AND (s.via IS NULL OR a.source_id = s.id)) AS articles,
       CASE WHEN h.retry_at > coalesce(s.next_fetch, 0) THEN 'too many requests'
            ELSE nullif(s.next_reason, '') END AS next_reason,
       nullif(s.moved_to, '') AS moved_to,
       coalesce(p.hub, json_extract(s.push, '$.hubs[0]')) AS hub,
       CASE WHEN p.trusted THEN 'trusted'
            WHEN p.state = 'live' THEN 'live'
            WHEN p.failures > 0 THEN 'failing'
            WHEN p.id IS NOT NULL THEN 'asked'
            WHEN json_extract(s.push, '$.hubs[0]') IS NOT NULL THEN 'available' END AS push,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.lease_until / 1000.0, 'unixepoch') AS pushed_until,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.delivered / 1000.0, 'unixepoch') AS last_push,
       nullif(p.error, '') AS push_error,
       s.full_text,
       nullif(s.schedule, '') AS schedule,
       s.position,
       strftime('%Y-%m-%dT%H:%M:%SZ', s.failing_since / 1000.0, 'unixepoch') AS failing_since,
       s.saved AS bytes_saved,
       (SELECT v.name FROM source v WHERE v.id = s.via) AS via,
       iif(s.reading LIKE '% relay=false', NULL, nullif(s.relay, '')) AS relay
FROM source s
LEFT JOIN host h ON h.name = s.host
LEFT JOIN subscription p ON p.id =
    (SELECT x.id FROM subscription x WHERE x.source_id = s.id AND x.state IN ('pending', 'asked', 'live')
      ORDER BY x.state = 'live' DESC, x.id DESC LIMIT 1);

CREATE VIEW articles (  -- One row for each article of a source, as its newest revision has it.
    id,             -- integer. Identifies the article; never used twice.
    source_id,      -- integer. The source that published it: sources.id.
    source,         -- text. The name of that source.
    outlet,         -- text. Who publishes that source.
    story_id,       -- integer. The story that it tells: stories.id.
    link,           -- text. The address of its page.
    guid,           -- text. The id that its source gives it.
    title,          -- text. The headline, the wire's marker included.
    summary,        -- text. What the feed says of it, as plain text.
    content,        -- text. The article itself as HTML, not sanitised, if the feed has it.
    author,         -- text. Who wrote it; several names are separated by commas.
    agency,         -- text. The agency whose own feed has it, else the one that its text names as its origin.
    own,            -- flag. 1 if it comes from the agency's own feed.
    marker,         -- text. The wire's words before the headline: URGENT, 2nd LD, CORRECTED ...
    marker_kind,    -- text. What the marker means: flash, version, correction, repeat, withdrawal, complete.
    language,       -- text. Its language (BCP 47): en, ko, zh-CN ...
    published,      -- time. The date that its source gave it at first, else first_seen; never moves.
    first_seen,     -- time. When it was first found in its source's document.
    updated,        -- time. When its newest revision was found; first_seen if it never changed.
    left_document,  -- time. When it was first missing in its source's document; NULL while it is listed.
    deleted,        -- time. When its source said that it is void (at:deleted-entry).
    lag,            -- integer. Seconds from its story's earliest date to its own: 0 for who was first;
                    -- NULL for what its source's first document listed without a date.
    revisions,      -- integer. How many states of it there were, the first included.
    categories,     -- json. What it is about, by its source's word: a list of texts.
    image,          -- text. The address of the picture that stands for it.
    enclosures,     -- json. Media that belong to it: a list of objects with url, type, length.
    text,           -- text. The whole text of its page, if that was fetched.
    via,            -- text. The name of the source by which it came, a newswired's; NULL: straight from its own.
    entry           -- text. The id of the entry in which that newswired has it.
) AS
SELECT a.id,
       a.source_id,
       s.name AS source,
       s.outlet,
       a.story_id,
       nullif(a.link, '') AS link,
       nullif(a.guid, '') AS guid,
       r.title,
       nullif(r.summary, '') AS summary,
       nullif(r.content, '') AS content,
       (SELECT group_concat(coalesce(json_extract(x.value, '$.name'), json_extract(x.value, '$.email')), ', ')
          FROM json_each(r.authors) x) AS author,
       coalesce(nullif(s.agency, ''), nullif(r.credit, ''), nullif(p.credit, '')) AS agency,
       s.agency <> '' AS own,
       nullif(r.marker, '') AS marker,
       r.kind AS marker_kind,
       nullif(r.language, '') AS language,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.published / 1000.0, 'unixepoch') AS published,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen / 1000.0, 'unixepoch') AS first_seen,
       strftime('%Y-%m-%dT%H:%M:%SZ', r.seen / 1000.0, 'unixepoch') AS updated,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.gone / 1000.0, 'unixepoch') AS left_document,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.deleted / 1000.0, 'unixepoch') AS deleted,
       (SELECT (a.published - min(x.published)) / 1000 FROM article x
         WHERE x.story_id = a.story_id AND (a.published < a.first_seen OR a.first_seen > s.first_document)) AS lag,
       r.number AS revisions,
       r.categories,
       nullif(r.image, '') AS image,
       r.enclosures,
       p.text,
       (SELECT v.name FROM source v WHERE v.id = a.via AND a.entry IS NOT NULL) AS via,
       a.entry
FROM article a
JOIN source s ON s.id = a.source_id AND a.via = coalesce(s.via, s.id)
JOIN revision r ON r.seq = a.seq AND r.article_id = a.id  -- so that SQLite may begin at either
LEFT JOIN page p ON p.article_id = a.id AND p.text IS NOT NULL;

CREATE VIEW pages (  -- One row for each page of an article that was to be fetched, for sources with full_text.
    article_id,  -- integer. The article: articles.id.
    source_id,   -- integer. The source of the article: sources.id.
    source,      -- text. The name of that source.
    story_id,    -- integer. The story that the article tells: stories.id.
    url,         -- text. The address that is fetched: the article's link.
    state,       -- text. How it is: due, failing (tried again at next_fetch), kept (its text stands for
                 -- the article), given up (until the article is revised).
    last_fetch,  -- time. When it was last asked for.
    next_fetch,  -- time. When it may be asked for at the earliest; page_budget may let it wait.
    failures,    -- integer. How many attempts in a row have failed.
    status,      -- integer. HTTP status of the last answer; NULL if there was none.
    kind,        -- text. How it failed: paywall, consent, robots.txt, says less ...
    last_error,  -- text. Why the last attempt failed.
    fetched,     -- time. When its text was had; NULL if there is none.
    title,       -- text. The headline, by the page's own word like all that follows.
    author,      -- text. Who wrote it; several names are separated by commas.
    outlet,      -- text. Who publishes the page.
    credit,      -- text. The agency that the page names as its origin.
    published,   -- time. When it was published.
    updated,     -- time. When it was last changed.
    link,        -- text. The canonical address of the page.
    language,    -- text. Its language (BCP 47).
    section,     -- text. The part of the paper that it stands in.
    keywords,    -- json. What it is about: a list of texts.
    picture,     -- json. Its picture: an object with url, caption, credit.
    text,        -- text. Its whole text, plain.
    content      -- text. The same as HTML, not sanitised.
) AS
SELECT p.article_id,
       a.source_id,
       s.name AS source,
       a.story_id,
       p.url,
       CASE WHEN p.due IS NOT NULL AND p.failures = 0 THEN 'due'
            WHEN p.due IS NOT NULL THEN 'failing'
            WHEN p.kind = '' THEN 'kept'
            ELSE 'given up' END AS state,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.asked / 1000.0, 'unixepoch') AS last_fetch,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.due / 1000.0, 'unixepoch') AS next_fetch,
       p.failures,
       nullif(p.status, 0) AS status,
       nullif(p.kind, '') AS kind,
       nullif(p.error, '') AS last_error,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.fetched / 1000.0, 'unixepoch') AS fetched,
       nullif(p.title, '') AS title,
       (SELECT group_concat(json_extract(x.value, '$.name'), ', ') FROM json_each(p.authors) x) AS author,
       nullif(p.outlet, '') AS outlet,
       nullif(p.credit, '') AS credit,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.published / 1000.0, 'unixepoch') AS published,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.updated / 1000.0, 'unixepoch') AS updated,
       nullif(p.link, '') AS link,
       nullif(p.language, '') AS language,
       nullif(p.section, '') AS section,
       p.keywords,
       p.picture,
       p.text,
       p.content
FROM page p
JOIN article a ON a.id = p.article_id
JOIN source s ON s.id = a.source_id AND a.via = coalesce(s.via, s.id);

CREATE VIEW search (  -- One row for each article that has words: WHERE words MATCH '...' ORDER BY seq DESC.
    words,       -- text. Only to be matched (FTS5): storm flood, "cruise missile", ferr*, title:storm,
                 -- 금리, "여객 객선"; what it holds is nothing to read.
    rank,        -- real. How well the article fits, the best least; only in ORDER BY or beside MATCH.
                 -- It counts all articles with these words: seconds where millions have them.
    article_id,  -- integer. The article: articles.id.
    source_id,   -- integer. The source of the article: sources.id.
    source,      -- text. The name of that source.
    outlet,      -- text. Who publishes that source.
    story_id,    -- integer. The story that the article tells: stories.id.
    title,       -- text. The article's newest headline.
    link,        -- text. The address of the article's page.
    published,   -- time. The date of the article.
    seq          -- integer. The revision that has the words: revisions.seq. ORDER BY seq DESC lists what
                 -- came last first, and with LIMIT reads no more than that.
) AS
SELECT w.word_index AS words,
       w.rank,
       a.id AS article_id,
       a.source_id,
       s.name AS source,
       s.outlet,
       a.story_id,
       n.title,
       nullif(a.link, '') AS link,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.published / 1000.0, 'unixepoch') AS published,
       w.rowid AS seq
FROM word_index w
CROSS JOIN revision r ON r.seq = w.rowid
CROSS JOIN article a ON a.id = r.article_id
CROSS JOIN revision n ON n.seq = a.seq
CROSS JOIN source s ON s.id = a.source_id;

CREATE VIEW revisions (  -- One row for each state of an article, the first included.
    seq,             -- integer. Rises over all revisions of all articles; never used twice.
    article_id,      -- integer. The article: articles.id.
    number,          -- integer. Which state of the article it is: 1 for the first.
    source_id,       -- integer. The source of the article: sources.id.
    source,          -- text. The name of that source.
    outlet,          -- text. Who publishes that source.
    story_id,        -- integer. The story that the article tells: stories.id.
    link,            -- text. The address of the article's page.
    published,       -- time. The date of the article.
    seen,            -- time. When this state was found in the source's document.
    title,           -- text. The headline, the wire's marker included.
    previous_title,  -- text. The headline before; NULL for the first state.
    changed,         -- text. What differs from the state before: title, summary, content, or several of
                     -- them; NULL for the first state.
    marker,          -- text. The wire's words before the headline: URGENT, 2nd LD, CORRECTED ...
    marker_kind,     -- text. What the marker means: flash, version, correction, repeat, withdrawal, complete.
    agency,          -- text. The agency whose own feed has it, else credit.
    own,             -- flag. 1 if it comes from the agency's own feed.
    credit,          -- text. The agency that the text names as its origin.
    author,          -- text. Who wrote it; several names are separated by commas.
    language,        -- text. Its language (BCP 47).
    summary,         -- text. What the feed says of it, as plain text.
    content,         -- text. The article itself as HTML, not sanitised, if the feed has it.
    categories,      -- json. What it is about, by its source's word: a list of texts.
    image,           -- text. The address of the picture that stands for it.
    enclosures       -- json. Media that belong to it: a list of objects with url, type, length.
) AS
SELECT r.seq,
       r.article_id,
       r.number,
       a.source_id,
       s.name AS source,
       s.outlet,
       a.story_id,
       nullif(a.link, '') AS link,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.published / 1000.0, 'unixepoch') AS published,
       strftime('%Y-%m-%dT%H:%M:%SZ', r.seen / 1000.0, 'unixepoch') AS seen,
       r.title,
       b.title AS previous_title,
       nullif(substr(iif(r.title <> b.title, ', title', '') || iif(r.summary <> b.summary, ', summary', '') ||
                     iif(r.content <> b.content, ', content', ''), 3), '') AS changed,
       nullif(r.marker, '') AS marker,
       r.kind AS marker_kind,
       coalesce(nullif(s.agency, ''), nullif(r.credit, '')) AS agency,
       s.agency <> '' AS own,
       nullif(r.credit, '') AS credit,
       (SELECT group_concat(coalesce(json_extract(x.value, '$.name'), json_extract(x.value, '$.email')), ', ')
          FROM json_each(r.authors) x) AS author,
       nullif(r.language, '') AS language,
       nullif(r.summary, '') AS summary,
       nullif(r.content, '') AS content,
       r.categories,
       nullif(r.image, '') AS image,
       r.enclosures
FROM revision r
JOIN article a ON a.id = r.article_id
JOIN source s ON s.id = a.source_id AND a.via = coalesce(s.via, s.id)
LEFT JOIN revision b ON b.seq = (SELECT max(x.seq) FROM revision x WHERE x.article_id = r.article_id AND x.seq < r.seq);

CREATE VIEW stories (  -- One row for each story: a report, with the articles of all outlets that carry it.
    id,              -- integer. Identifies the story; never used twice.
    title,           -- text. The headline of the article that was seen first.
    link,            -- text. The address of that article's page.
    agency,          -- text. The agency whose own feed has it; of several, the one that had it first.
    language,        -- text. The language of that article (BCP 47).
    published,       -- time. The earliest date of its articles.
    last_published,  -- time. The latest date of its articles.
    first_seen,      -- time. When its first article was found.
    updated,         -- time. When there was last news in it: a correction, a later version.
    articles,        -- integer. How many articles tell it.
    outlets,         -- integer. How many outlets carry it.
    origins,         -- integer. How many have it by themselves: an agency counts once, however many print it.
    first_outlet,    -- text. The outlet whose article has the earliest date.
    last_outlet,     -- text. The outlet that came last: the one whose first article of it is the latest.
    outlet_names     -- json. The outlets in the order in which they had it: a list of texts.
) AS
SELECT e.story_id AS id,
       r.title,
       nullif(a.link, '') AS link,
       (SELECT y.agency FROM article x JOIN source y ON y.id = x.source_id WHERE x.story_id = t.id AND y.agency <> ''
         ORDER BY x.published, x.id LIMIT 1) AS agency,
       nullif(r.language, '') AS language,
       strftime('%Y-%m-%dT%H:%M:%SZ', e.published / 1000.0, 'unixepoch') AS published,
       (SELECT strftime('%Y-%m-%dT%H:%M:%SZ', max(x.published) / 1000.0, 'unixepoch') FROM article x WHERE x.story_id = t.id) AS last_published,
       strftime('%Y-%m-%dT%H:%M:%SZ', t.first_seen / 1000.0, 'unixepoch') AS first_seen,
       strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(t.updated, t.first_seen) / 1000.0, 'unixepoch') AS updated,
       (SELECT count(*) FROM article x WHERE x.story_id = t.id) AS articles,
       (SELECT count(DISTINCT y.outlet) FROM article x JOIN source y ON y.id = x.source_id WHERE x.story_id = t.id) AS outlets,
       (SELECT count(DISTINCT coalesce(nullif(y.agency, ''), nullif(z.credit, ''), nullif(q.credit, ''), y.outlet))
          FROM article x JOIN source y ON y.id = x.source_id JOIN revision z ON z.seq = x.seq LEFT JOIN page q ON q.article_id = x.id AND q.text IS NOT NULL
         WHERE x.story_id = t.id) AS origins,
       (SELECT y.outlet FROM source y WHERE y.id = e.source_id) AS first_outlet,
       (SELECT y.outlet FROM article x JOIN source y ON y.id = x.source_id WHERE x.story_id = t.id
         GROUP BY y.outlet ORDER BY min(x.published) DESC, min(x.id) DESC LIMIT 1) AS last_outlet,
       (SELECT json_group_array(o.outlet) FROM
          (SELECT y.outlet FROM article x JOIN source y ON y.id = x.source_id WHERE x.story_id = t.id
            GROUP BY y.outlet ORDER BY min(x.published), min(x.id)) o) AS outlet_names
FROM article e  -- the earliest, for the index by date is of articles
JOIN story t ON t.id = e.story_id
JOIN article a ON a.id = (SELECT min(id) FROM article WHERE story_id = t.id)
JOIN revision r ON r.seq = a.seq
WHERE NOT EXISTS (SELECT 1 FROM article x WHERE x.story_id = e.story_id AND (x.published, x.id) < (e.published, e.id));

CREATE VIEW feeds (  -- One row for each feed that was ever configured: what newswired publishes.
    id,       -- integer. Identifies the feed; feed_id in the other views.
    name,     -- text. Its name in the configuration and in its address; feed in the other views.
    title,    -- text. Its title.
    state,    -- text. How it is: served, or removed (from the configuration).
    entries,  -- integer. How many stories are in it.
    changed,  -- time. When its entries last changed; NULL if it never had any.
    position  -- integer. Its place in the configuration, from 0; NULL if it is no longer there.
) AS
SELECT f.id,
       f.name,
       f.title,
       iif(f.position IS NULL, 'removed', 'served') AS state,
       (SELECT count(*) FROM verdict v WHERE v.feed_id = f.id AND v.passes = 1 AND f.position IS NOT NULL) AS entries,
       strftime('%Y-%m-%dT%H:%M:%SZ', nullif(f.changed, 0) / 1000.0, 'unixepoch') AS changed,
       f.position
FROM feed f;

CREATE VIEW entries (  -- One row for each story in a feed, as the feed shows it.
    feed_id,     -- integer. The feed: feeds.id.
    feed,        -- text. The name of the feed.
    story_id,    -- integer. The story: stories.id.
    entry_id,    -- text. The id by which feed readers know it; never changes.
    article_id,  -- integer. The article that is shown for the story: articles.id.
    source_id,   -- integer. The source of that article: sources.id.
    source,      -- text. The name of that source.
    outlet,      -- text. Who publishes that source.
    title,       -- text. The headline of that article.
    link,        -- text. The address of that article's page.
    published,   -- time. The earliest date that was known when the entry was made; never moves.
    updated,     -- time. When there was last news in what is shown.
    entered      -- time. When the story entered the feed; the feed's order, newest first.
) AS
SELECT v.feed_id,
       f.name AS feed,
       v.story_id,
       coalesce((SELECT t.tag FROM story t WHERE t.id = v.story_id), (SELECT value FROM meta WHERE name = 'tag_prefix') || 'story/' || v.story_id) AS entry_id,
       v.article_id,
       (SELECT a.source_id FROM article a WHERE a.id = v.article_id) AS source_id,
       (SELECT s.name FROM article a JOIN source s ON s.id = a.source_id WHERE a.id = v.article_id) AS source,
       (SELECT s.outlet FROM article a JOIN source s ON s.id = a.source_id WHERE a.id = v.article_id) AS outlet,
       (SELECT r.title FROM article a JOIN revision r ON r.seq = a.seq WHERE a.id = v.article_id) AS title,
       (SELECT nullif(a.link, '') FROM article a WHERE a.id = v.article_id) AS link,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.published / 1000.0, 'unixepoch') AS published,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.updated / 1000.0, 'unixepoch') AS updated,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.entered / 1000.0, 'unixepoch') AS entered
FROM feed f  -- feed by feed, and nothing joined: so the newest are found without sorting all
CROSS JOIN verdict v ON v.feed_id = f.id
WHERE v.passes = 1 AND f.position IS NOT NULL;

CREATE VIEW fetches (  -- One row for each run of polls of a source with the same outcome.
    id,         -- integer. Identifies the run; rises with time.
    source_id,  -- integer. The source that was polled: sources.id.
    source,     -- text. The name of that source.
    first,      -- time. When the first poll of the run began.
    last,       -- time. When the last one did.
    count,      -- integer. How many polls it has; those that brought something are runs of their own.
    status,     -- integer. HTTP status; NULL if there was no answer.
    kind,       -- text. How it failed: timeout, status, parse ...; NULL if it did not.
    error,      -- text. Why it failed.
    warning,    -- text. What had to be repaired in the document, or may have been missed.
    bytes,      -- integer. Size of the bodies, decoded.
    took,       -- integer. Milliseconds that the last poll took.
    new,        -- integer. How many articles were new.
    revised,    -- integer. How many articles said something else than before.
    refused,    -- integer. How many items could not become articles; see decisions.
    via         -- text. How it came: by poll, or by push if a hub delivered it.
) AS
SELECT f.id,
       f.source_id,
       s.name AS source,
       strftime('%Y-%m-%dT%H:%M:%SZ', f.first / 1000.0, 'unixepoch') AS first,
       strftime('%Y-%m-%dT%H:%M:%SZ', f.last / 1000.0, 'unixepoch') AS last,
       f.count,
       nullif(f.status, 0) AS status,
       nullif(f.kind, '') AS kind,
       nullif(f.error, '') AS error,
       nullif(f.warning, '') AS warning,
       f.bytes,
       f.took,
       f.new,
       f.revised,
       f.refused,
       iif(f.pushed, 'push', 'poll') AS via
FROM fetch f
JOIN source s ON s.id = f.source_id;

CREATE VIEW alerts (  -- One row for each trouble that was worth telling: a source dead for a day, newswired not well.
    id,         -- integer. Identifies the alert; never used twice.
    kind,       -- text. What is wrong: source, network, storage, memory, disk, log, clock, schedule, configuration.
    source_id,  -- integer. The source that it is about: sources.id; NULL: it is about newswired.
    source,     -- text. The name of that source.
    says,       -- text. What was wrong when it was told, in a sentence.
    advice,     -- text. What to do about it.
    since,      -- time. When the trouble began.
    began,      -- time. When it was told.
    ended,      -- time. When it had been over for ten minutes; NULL: it lasts.
    told        -- flag. 1 if on_alert knows how it stands, or there is none; 0 if it is to be told.
) AS
SELECT a.id,
       a.kind,
       s.id AS source_id,
       nullif(a.source, '') AS source,
       a.says,
       nullif(a.advice, '') AS advice,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.since / 1000.0, 'unixepoch') AS since,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.began / 1000.0, 'unixepoch') AS began,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.ended / 1000.0, 'unixepoch') AS ended,
       a.told
FROM alert a
LEFT JOIN source s ON s.name = a.source;

CREATE VIEW decisions (  -- One row for each decision: about an article, two articles, a story, or what was refused.
    decision,          -- text. What was decided: story (the article is in this story), same, related or
                       -- different (the two articles are), ruling (yours about two pages), merged (the
                       -- story turned out to be another), feed (the story is in it, or not), refused.
    story_id,          -- integer. The story: stories.id.
    article_id,        -- integer. The article: articles.id; of a story in a feed, the one shown.
    source_id,         -- integer. The source of the article, or of what was refused: sources.id.
    source,            -- text. The name of that source.
    feed_id,           -- integer. The feed, if the decision is about one: feeds.id.
    feed,              -- text. The name of that feed.
    verdict,           -- flag. 1 for yes: it is in that story or feed, they are the same; else 0.
    reason,            -- text. Why, in words.
    decided,           -- time. When; NULL where that was not noted.
    other_article_id,  -- integer. The other one of two articles: articles.id.
    other_story_id,    -- integer. The story of the other article, or into which this story went: stories.id.
    score              -- real. Logarithm of the odds that the two articles are one report.
) AS
SELECT 'story' AS decision,
       a.story_id,
       a.id AS article_id,
       a.source_id,
       s.name AS source,
       NULL AS feed_id,
       NULL AS feed,
       1 AS verdict,
       a.placed AS reason,
       strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen / 1000.0, 'unixepoch') AS decided,
       NULL AS other_article_id,
       NULL AS other_story_id,
       NULL AS score
FROM article a JOIN source s ON s.id = a.source_id AND a.via = coalesce(s.via, s.id)
UNION ALL
SELECT l.verdict, a.story_id, l.article_id, a.source_id, s.name, NULL, NULL, l.verdict = 'same', l.reason,
       strftime('%Y-%m-%dT%H:%M:%SZ', l.made / 1000.0, 'unixepoch'), l.other_id,
       (SELECT o.story_id FROM article o WHERE o.id = l.other_id), l.score
FROM likeness l JOIN article a ON a.id = l.article_id JOIN source s ON s.id = a.source_id AND a.via = coalesce(s.via, s.id)
UNION ALL
SELECT 'ruling', NULL, NULL, NULL, NULL, NULL, NULL, r.same,
       iif(r.configured, 'the configuration', 'a person') || ': ' || r.url || iif(r.same, ' tells the report of ', ' tells another report than ') || r.other_url,
       strftime('%Y-%m-%dT%H:%M:%SZ', r.made / 1000.0, 'unixepoch'), NULL, NULL, NULL
FROM ruling r
UNION ALL
SELECT 'merged', t.id, NULL, NULL, NULL, NULL, NULL, 1, 'it turned out to be story ' || t.told_in, NULL, NULL, t.told_in, NULL
FROM story t WHERE t.told_in IS NOT NULL
UNION ALL
SELECT 'feed', v.story_id, v.article_id, NULL, NULL, v.feed_id, f.name, v.passes, v.reason,
       strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(v.judged, v.entered) / 1000.0, 'unixepoch'), NULL, NULL, NULL
FROM verdict v JOIN feed f ON f.id = v.feed_id
UNION ALL
SELECT 'feed', n.story_id, NULL, NULL, NULL, r.feed_id, f.name, 0, r.text,
       strftime('%Y-%m-%dT%H:%M:%SZ', n.judged / 1000.0, 'unixepoch'), NULL, NULL, NULL
FROM rejection n JOIN json_each(n.reasons) e JOIN reason r ON r.id = e.value JOIN feed f ON f.id = r.feed_id
UNION ALL
SELECT 'refused', NULL, NULL, r.source_id, s.name, NULL, NULL, 0, iif(r.name = '', '', r.name || ': ') || r.reason,
       strftime('%Y-%m-%dT%H:%M:%SZ', r.last / 1000.0, 'unixepoch'), NULL, NULL, NULL
FROM refusal r JOIN source s ON s.id = r.source_id;

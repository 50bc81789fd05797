-- Tables are newswired's own and may change with any version; the views below
-- are the contract. Times are Unix milliseconds in tables, ISO 8601 UTC in views.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id             INTEGER PRIMARY KEY,
    name           TEXT NOT NULL UNIQUE,
    url            TEXT NOT NULL,
    outlet         TEXT NOT NULL,
    agency         TEXT NOT NULL DEFAULT '',
    reading        TEXT NOT NULL DEFAULT '',  -- settings by which its Document is read
    position       INTEGER,          -- place in the configuration; NULL: no longer there
    schedule       TEXT NOT NULL DEFAULT '',  -- as configured
    pace           TEXT NOT NULL DEFAULT '{}', -- JSON: what its Document says about when to come again
    host           TEXT NOT NULL DEFAULT '',  -- host:port of the URL that is asked
    move           TEXT NOT NULL DEFAULT '{}', -- JSON: where its URL leads by permanent redirects, and how often that was seen
    moved_to       TEXT NOT NULL DEFAULT '',  -- what is asked instead of url; '': url
    push           TEXT NOT NULL DEFAULT '{}', -- JSON: hubs that tell of its news, and the topic by which they know it
    full_text      INTEGER NOT NULL DEFAULT 0 CHECK (full_text IN (0, 1)),  -- 1: the pages of its Articles are fetched
    validators_url TEXT NOT NULL DEFAULT '',
    etag           TEXT NOT NULL DEFAULT '',
    last_modified  TEXT NOT NULL DEFAULT '',
    digest         BLOB,             -- of the Document last stored
    size           INTEGER NOT NULL DEFAULT 0,  -- bytes of the last body that could be read, decoded; 0: none yet
    saved          INTEGER NOT NULL DEFAULT 0,  -- bytes that 304 (Not Modified) spared: each the size of then
    via            INTEGER REFERENCES source,  -- the newswired by which it comes, which is a Source; NULL: it is polled itself
    relay          TEXT NOT NULL DEFAULT '',  -- what the ids of the newswired begin with whose Feed it is; '': it is no newswired's
    first_document INTEGER,          -- when the first Document was stored; NULL: none yet
    last_article   INTEGER,          -- when the newest Article was first seen
    last_fetch     INTEGER,
    last_well      INTEGER,          -- the last of them that did not fail; NULL: none yet
    next_fetch     INTEGER,          -- not to be polled before; NULL: nothing forbids it
    next_reason    TEXT NOT NULL DEFAULT '',    -- what decided that
    retry_at       INTEGER,          -- when the server allows the next poll (Retry-After)
    failures       INTEGER NOT NULL DEFAULT 0,  -- in a row
    failing_since  INTEGER,          -- the first of them; NULL: none
    kind           TEXT NOT NULL DEFAULT '',    -- of the last failure; '' after a success
    error          TEXT NOT NULL DEFAULT ''
) STRICT;

-- Hosts that said 429 to a Source: none of theirs is polled before.
CREATE TABLE host (
    name     TEXT PRIMARY KEY,       -- host:port
    retry_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Callbacks that hubs were given (WebSub). A renewal is a row of its own. Who
-- knows token and secret can forge a delivery: no view and no log has them.
CREATE TABLE subscription (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id   INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    base        TEXT NOT NULL,       -- of the callback: base_url of then
    token       TEXT NOT NULL UNIQUE CHECK (length(token) >= 26),  -- the end of the callback
    hub         TEXT NOT NULL,
    topic       TEXT NOT NULL,
    secret      TEXT NOT NULL CHECK (length(CAST(secret AS BLOB)) < 200),  -- '': none
    state       TEXT NOT NULL CHECK (state IN ('pending', 'asked', 'live', 'replaced', 'unwanted')),
    due         INTEGER NOT NULL,    -- when something has to be done about it
    lease_until INTEGER,             -- NULL: not verified
    since       INTEGER,             -- from when on the hub owes what is new
    failures    INTEGER NOT NULL,    -- in a row
    error       TEXT NOT NULL,
    delivered   INTEGER,             -- when the hub last did
    deliveries  INTEGER NOT NULL,
    dropped     INTEGER NOT NULL,    -- deliveries without a valid signature
    proved      INTEGER NOT NULL,    -- deliveries since it last missed one
    missed      INTEGER NOT NULL,
    owed        INTEGER,             -- when a poll found what the hub had not delivered
    trusted     INTEGER NOT NULL CHECK (trusted IN (0, 1)),  -- 1: its Source is polled slowly
    CHECK (state IN ('pending', 'asked') OR lease_until IS NOT NULL)
) STRICT;
CREATE INDEX subscription_by_source ON subscription (source_id);

-- What need not be read again of the Document that a Source's digest is of: the
-- hashes of its items and the keys of the Articles that they are, 8 bytes each,
-- in the order of the hashes.
CREATE TABLE document (
    source_id INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,
    items     BLOB NOT NULL
) STRICT;

-- One row for a run of polls with one outcome: a Source that stays unchanged,
-- or down, for a week is one row that counts. A poll that brought something
-- is a row of its own.
CREATE TABLE fetch (
    id        INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    first     INTEGER NOT NULL,
    last      INTEGER NOT NULL,
    count     INTEGER NOT NULL DEFAULT 1,
    status    INTEGER NOT NULL,      -- HTTP status; 0: no answer
    kind      TEXT NOT NULL,         -- of failure; '' is success
    error     TEXT NOT NULL,
    warning   TEXT NOT NULL,         -- what had to be repaired
    bytes     INTEGER NOT NULL,      -- of the bodies, decoded
    took      INTEGER NOT NULL,      -- of the last poll, milliseconds
    new       INTEGER NOT NULL,
    revised   INTEGER NOT NULL,
    refused   INTEGER NOT NULL,
    pushed    INTEGER NOT NULL DEFAULT 0 CHECK (pushed IN (0, 1))  -- 1: a hub delivered it
) STRICT;
CREATE INDEX fetch_by_source ON fetch (source_id, id);
CREATE INDEX fetch_by_time ON fetch (last);
CREATE INDEX fetch_warned ON fetch (source_id, last, warning, count) WHERE warning <> '';

-- What the polls of an hour came to, over all Sources, so that nobody has to look
-- at each: kept for some weeks, and written some seconds later than the polls.
CREATE TABLE poll_hour (
    hour     INTEGER NOT NULL,       -- since 1970
    outcome  TEXT NOT NULL,          -- kind of failure; '' is success, 'not modified' one without a body, 'push' a delivery
    took     INTEGER NOT NULL,       -- class of their time, see feed.TookClass; -1: of no interest
    polls    INTEGER NOT NULL,
    bytes    INTEGER NOT NULL,       -- of the bodies, decoded
    articles INTEGER NOT NULL,       -- new ones, but those of first Documents
    PRIMARY KEY (hour, outcome, took)
) STRICT, WITHOUT ROWID;

-- How many new Articles a Source had on a day, but those of its first Document:
-- kept for some weeks.
CREATE TABLE article_day (
    source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    day       INTEGER NOT NULL,      -- since 1970, UTC
    articles  INTEGER NOT NULL,
    PRIMARY KEY (source_id, day)
) STRICT, WITHOUT ROWID;

-- How many Articles a Source published in an hour of the last two weeks, but those that
-- its first Document listed without a date. By this it is told when to come again; an
-- index for that took 28 bytes of each Article.
CREATE TABLE rhythm (
    source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    hour      INTEGER NOT NULL,      -- since 1970
    articles  INTEGER NOT NULL,
    PRIMARY KEY (source_id, hour)
) STRICT, WITHOUT ROWID;

-- What was wrong and worth telling.
CREATE TABLE alert (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT NOT NULL,
    source TEXT NOT NULL,            -- the name of the Source; '': newswired itself
    says   TEXT NOT NULL,
    advice TEXT NOT NULL,
    since  INTEGER NOT NULL,         -- when the trouble began
    began  INTEGER NOT NULL,         -- when it was told
    ended  INTEGER,                  -- NULL: it lasts
    told   INTEGER NOT NULL CHECK (told IN (0, 1)),  -- 1: the operator's command knows how it stands
    UNIQUE (began, kind, source),
    CHECK (ended >= began)
) STRICT;
CREATE INDEX alert_open ON alert (id) WHERE ended IS NULL OR told = 0;

CREATE TABLE story (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: readers know it
    first_seen INTEGER NOT NULL,
    updated    INTEGER,              -- when there was last news in it; NULL: none since
    told_in    INTEGER REFERENCES story ON DELETE CASCADE,  -- the older Story that this one turned out to be; NULL: none
    tag        TEXT,                 -- the id that another newswired gave to its Entry, never changed; NULL: ours, of the Story's id
    CHECK (told_in < id)             -- so that no chain of them closes
) STRICT;
CREATE INDEX story_told_in ON story (told_in) WHERE told_in IS NOT NULL;
CREATE UNIQUE INDEX story_by_tag ON story (tag) WHERE tag IS NOT NULL;

-- Which newswired mints the ids that begin so: the Source whose own they are by its
-- word, else the one that had them first.
CREATE TABLE minter (
    prefix    TEXT PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: it is remembered in memory, and by who queries
    source_id  INTEGER NOT NULL REFERENCES source,
    via        INTEGER NOT NULL REFERENCES source,  -- the Source whose Document has it: source_id, or the newswired by which it came
    entry      TEXT,                 -- the id of the Entry in which that newswired tells it; NULL: it came by none
    path       TEXT,                 -- its id where it was polled, and the newswireds that it came by, separated by spaces; NULL likewise
    brief      INTEGER NOT NULL DEFAULT 0 CHECK (brief IN (0, 1)),  -- 1: it came without its text
    key        INTEGER NOT NULL,     -- hash of what names it within that Document
    link_key   INTEGER NOT NULL,     -- hash of its canonical URL; 0: none
    digest     INTEGER NOT NULL,     -- hash of all it says
    seq        INTEGER NOT NULL,     -- its newest Revision
    story_id   INTEGER NOT NULL REFERENCES story,
    name       TEXT,                 -- its GUID; NULL: its link
    link       TEXT NOT NULL,
    guid       TEXT NOT NULL AS (coalesce(name, link)),
    joined     TEXT,                 -- why it is in its Story; NULL: it was the first to tell it
    placed     TEXT NOT NULL AS (coalesce(joined, 'the first to tell it')),
    born       INTEGER,              -- the Story that it was placed in when it came; NULL: the one that it is in
    published  INTEGER NOT NULL,     -- never moves
    first_seen INTEGER NOT NULL,
    gone       INTEGER,              -- when it was first missing from its Source's Document; NULL: it stands there
    deleted    INTEGER,              -- when its Source said that it is void; NULL: it didn't, or lists it again
    UNIQUE (via, key),
    CHECK ((entry IS NULL) = (path IS NULL) AND (entry IS NULL) = (via = source_id))
) STRICT;
CREATE INDEX article_by_entry ON article (entry, via) WHERE entry IS NOT NULL;
CREATE INDEX article_by_link ON article (link_key) WHERE link_key <> 0;
CREATE INDEX article_by_story ON article (story_id);
CREATE INDEX article_standing ON article (via) WHERE gone IS NULL;
CREATE INDEX article_deleted ON article (via) WHERE deleted IS NOT NULL;
CREATE INDEX article_gone ON article (gone, via) WHERE gone IS NOT NULL;

-- Authors, categories, enclosures and origin are JSON, NULL if there are none.
CREATE TABLE revision (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,  -- rises over all Articles, never used twice
    article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    number     INTEGER NOT NULL,     -- 1 for the first of its Article
    seen       INTEGER NOT NULL,
    title      TEXT NOT NULL,
    marker     TEXT NOT NULL,
    kind       TEXT,                 -- what the marker means (feed.MarkerKind); NULL: nothing, or there is none
    credit     TEXT NOT NULL,        -- the agency that the text names as its origin, or its outlet belongs to; '': none
    summary    TEXT NOT NULL,
    content    TEXT NOT NULL,        -- HTML as published, not sanitised
    language   TEXT NOT NULL,
    image      TEXT NOT NULL,
    authors    TEXT,
    categories TEXT,
    enclosures TEXT,
    origin     TEXT,
    claimed    INTEGER               -- the date of change that the Source claims
) STRICT;
CREATE INDEX revision_by_article ON revision (article_id);

-- For those who query: the views write times so, and what is asked for by date
-- or comes newest first is found without reading all. A Story has the date of the
-- earliest of its Articles.
CREATE INDEX article_published ON article (strftime('%Y-%m-%dT%H:%M:%SZ', published / 1000.0, 'unixepoch'));
CREATE INDEX article_void ON article (strftime('%Y-%m-%dT%H:%M:%SZ', deleted / 1000.0, 'unixepoch')) WHERE strftime('%Y-%m-%dT%H:%M:%SZ', deleted / 1000.0, 'unixepoch') IS NOT NULL;
CREATE INDEX revision_changed ON revision (strftime('%Y-%m-%dT%H:%M:%SZ', seen / 1000.0, 'unixepoch')) WHERE number > 1;
CREATE INDEX revision_kind ON revision (kind) WHERE kind IS NOT NULL;

-- The pages of Articles whose Source wants full text. A row is made, and due,
-- when an Article is new or revised. Of a former Revision the text stays until
-- its page was had again, or given up. Authors, keywords and picture are JSON,
-- NULL if there are none.
CREATE TABLE page (
    article_id     INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    seq            INTEGER NOT NULL,  -- the Revision for which it is fetched
    host           TEXT NOT NULL,     -- host:port of url
    url            TEXT NOT NULL,     -- the Article's link
    due            INTEGER,           -- not to be asked for before; NULL: not before another Revision
    asked          INTEGER,           -- when it was last asked for; NULL: never
    failures       INTEGER NOT NULL DEFAULT 0,  -- in a row
    status         INTEGER NOT NULL DEFAULT 0,  -- HTTP status; 0: no answer
    kind           TEXT NOT NULL DEFAULT '',    -- of the last failure; '' after a success
    error          TEXT NOT NULL DEFAULT '',
    fetched        INTEGER,           -- when the text was had; NULL: there is none
    validators_url TEXT NOT NULL DEFAULT '',
    etag           TEXT NOT NULL DEFAULT '',
    last_modified  TEXT NOT NULL DEFAULT '',
    link           TEXT NOT NULL DEFAULT '',    -- canonical, by its own word
    title          TEXT NOT NULL DEFAULT '',
    authors        TEXT,
    outlet         TEXT NOT NULL DEFAULT '',
    credit         TEXT NOT NULL DEFAULT '',    -- the agency that it names as its origin; '': none
    published      INTEGER,
    updated        INTEGER,
    language       TEXT NOT NULL DEFAULT '',
    section        TEXT NOT NULL DEFAULT '',
    keywords       TEXT,
    picture        TEXT,
    text           TEXT,
    content        TEXT,              -- the same as HTML, not sanitised
    CHECK ((fetched IS NULL) = (text IS NULL) AND (text IS NULL) = (content IS NULL))
) STRICT;
CREATE INDEX page_due ON page (host, failures, article_id DESC, due) WHERE due IS NOT NULL;

-- Hosts of pages: how many of theirs were asked for on a day, and how they fail.
CREATE TABLE page_host (
    name     TEXT PRIMARY KEY,       -- host:port
    day      INTEGER NOT NULL,       -- its beginning, UTC
    asked    INTEGER NOT NULL,       -- pages on that day
    failures INTEGER NOT NULL DEFAULT 0,  -- in a row
    retry_at INTEGER                 -- none of its pages is asked for before; NULL: nothing forbids it
) STRICT, WITHOUT ROWID;

-- What robots.txt says (RFC 9309), a row for each origin.
CREATE TABLE robots (
    origin  TEXT PRIMARY KEY,        -- scheme://host:port
    status  INTEGER NOT NULL,
    text    TEXT NOT NULL,
    error   TEXT NOT NULL,           -- why it could not be had when it was last asked for; '': it could
    fetched INTEGER,                 -- when it was had; NULL: never
    expires INTEGER NOT NULL         -- when it is asked for again
) STRICT, WITHOUT ROWID;

-- Which words Articles have, by the seq of the newest Revision that was indexed:
-- its headline and text, or the text of the page if there is one, as feed.Indexed
-- makes them, and of the Source a word that nobody says. No text is kept twice:
-- to take an Article out, what was put in is made again. Where a word stands in
-- the first column takes two bytes less: that is the one that has most.
CREATE VIRTUAL TABLE word_index USING fts5 (
    text, title, source, content='', tokenize="porter unicode61 remove_diacritics 2"
);
-- Its pieces are merged by MergeWords, in steps, not all of a sudden in a poll.
INSERT INTO word_index (word_index, rank) VALUES ('automerge', 0), ('crisismerge', 500);

-- By what Articles that are alike find each other: an index is made of it in
-- memory. Only those of the last days are kept; a Revision has all that they are
-- made of.
CREATE TABLE sketch (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- rises with every poll that placed Articles
    article_id INTEGER NOT NULL,     -- the last of them
    sketches   BLOB NOT NULL         -- of each, its id, a length and its sketch
) STRICT;

-- What was found out about two Articles that have words in common.
CREATE TABLE likeness (
    article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    other_id   INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    score      REAL NOT NULL,        -- logarithm of the odds that they are one report
    verdict    TEXT NOT NULL CHECK (verdict IN ('same', 'related', 'different')),
    reason     TEXT NOT NULL,
    made       INTEGER NOT NULL,
    PRIMARY KEY (article_id, other_id),
    CHECK (other_id < article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX likeness_by_other ON likeness (other_id);

-- What a person has ruled about two pages: they tell one report, or they don't.
CREATE TABLE ruling (
    url        TEXT NOT NULL,        -- canonical, the lesser of the two
    other_url  TEXT NOT NULL,
    link_key   INTEGER NOT NULL,
    other_key  INTEGER NOT NULL,
    same       INTEGER NOT NULL CHECK (same IN (0, 1)),
    configured INTEGER NOT NULL CHECK (configured IN (0, 1)),  -- 1: it stands in the configuration
    made       INTEGER NOT NULL,
    PRIMARY KEY (url, other_url, configured)
) STRICT, WITHOUT ROWID;

CREATE INDEX ruling_by_link ON ruling (link_key);

-- How common words are, one row; what it holds only newswired can read.
CREATE TABLE vocabulary (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    counts BLOB NOT NULL
) STRICT;

-- Names (GUIDs, links) that a Source once gave to two Articles of one Document.
CREATE TABLE repeated_name (
    source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    key       INTEGER NOT NULL,
    PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;

-- Articles that retention removed, so that they do not return as new.
CREATE TABLE tombstone (
    source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    key       INTEGER NOT NULL,
    link_key  INTEGER NOT NULL,      -- of its canonical URL; 0: none
    title     INTEGER NOT NULL,      -- hash of its headline
    published INTEGER NOT NULL,
    removed   INTEGER NOT NULL,
    PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstone_by_link ON tombstone (source_id, link_key) WHERE link_key <> 0;

-- What could not become an Article, once for each reason.
CREATE TABLE refusal (
    source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    name      TEXT NOT NULL,
    reason    TEXT NOT NULL,
    first     INTEGER NOT NULL,
    last      INTEGER NOT NULL,
    PRIMARY KEY (source_id, name, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE feed (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    title    TEXT NOT NULL,
    rule     TEXT NOT NULL,          -- all that decides about its entries
    prefer   TEXT NOT NULL,          -- JSON: Sources whose Copy is shown
    position INTEGER,                -- place in the configuration; NULL: no longer there
    backlog  INTEGER NOT NULL DEFAULT 0,  -- stories up to this id are still to be judged by the present rule
    changed  INTEGER NOT NULL DEFAULT 0,  -- when its entries last changed
    unarchived INTEGER NOT NULL DEFAULT 0, -- so many entries at most are in no archive
    entered  INTEGER NOT NULL DEFAULT 0   -- so many entries ever did
) STRICT;

-- Whom our hub tells of changes (WebSub). Who knows the secret can forge a
-- delivery: no view and no log has it.
CREATE TABLE subscriber (
    callback    TEXT NOT NULL,
    topic       TEXT NOT NULL,       -- URL of an Edition
    feed_id     INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
    host        TEXT NOT NULL,       -- host:port of the callback
    secret      TEXT NOT NULL CHECK (length(CAST(secret AS BLOB)) < 200),  -- '': none
    lease_until INTEGER NOT NULL,
    told        INTEGER NOT NULL,    -- the change of the Feed that was delivered last
    due         INTEGER NOT NULL,    -- not to be told before
    failures    INTEGER NOT NULL,    -- in a row
    error       TEXT NOT NULL,
    PRIMARY KEY (callback, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscriber_by_host ON subscriber (host);

-- Which changes of our Feeds the hubs of others were told of.
CREATE TABLE ping (
    hub      TEXT NOT NULL,
    feed_id  INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
    told     INTEGER NOT NULL,       -- the change of the Feed
    due      INTEGER NOT NULL,       -- not to be told before
    failures INTEGER NOT NULL,       -- in a row
    error    TEXT NOT NULL,
    PRIMARY KEY (hub, feed_id)
) STRICT, WITHOUT ROWID;

-- What Feeds say to the Stories that they show, that they once showed, or that
-- wait: an Entry is one that passes.
CREATE TABLE verdict (
    story_id   INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    feed_id    INTEGER NOT NULL REFERENCES feed,
    passes     INTEGER NOT NULL CHECK (passes IN (0, 1)),
    given      TEXT,                 -- the reason; NULL: no filter
    reason     TEXT NOT NULL AS (coalesce(given, 'no filter')),
    judged     INTEGER,              -- NULL: when it entered
    entered    INTEGER,              -- when it first passed; kept when it no longer does
    since      INTEGER,              -- since when it waits; NULL: it does not
    due        INTEGER,              -- when it is judged again then
    published  INTEGER NOT NULL,     -- fixed when it was made
    updated    INTEGER NOT NULL,     -- moves only for news in the Copy shown
    article_id INTEGER NOT NULL,     -- the Copy shown; of what was withdrawn, the notice
    deleted    INTEGER,              -- when its Entry became void: withdrawn, or told in another Story; NULL: it did not
    PRIMARY KEY (story_id, feed_id),
    CHECK (passes = 0 OR entered IS NOT NULL AND due IS NULL),
    CHECK (judged IS NOT NULL OR entered IS NOT NULL),
    CHECK (deleted IS NULL OR passes = 0),
    CHECK ((since IS NULL) = (due IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_order ON verdict (feed_id, entered) WHERE passes = 1;
CREATE INDEX entry_entered ON verdict (feed_id, strftime('%Y-%m-%dT%H:%M:%SZ', entered / 1000.0, 'unixepoch')) WHERE passes = 1;  -- for the view
CREATE INDEX verdict_due ON verdict (due) WHERE due IS NOT NULL;
CREATE INDEX entry_news ON verdict (feed_id, updated DESC) WHERE passes = 1 AND updated > entered;
CREATE INDEX entry_deleted ON verdict (feed_id, deleted DESC) WHERE deleted IS NOT NULL;

-- Why Feeds do not show Stories. There are few such texts for a Feed.
CREATE TABLE reason (
    id      INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feed,
    text    TEXT NOT NULL,
    UNIQUE (feed_id, text)
) STRICT;

-- The Feeds that never showed a Story, by their reasons: one row, for a thousand
-- Feeds would be a thousand rows of every Story.
CREATE TABLE rejection (
    story_id INTEGER PRIMARY KEY REFERENCES story ON DELETE CASCADE,
    judged   INTEGER NOT NULL,
    reasons  TEXT NOT NULL           -- JSON: their ids
) STRICT;

-- Archives of a Feed (RFC 5005): each has the Entries that entered from since
-- to before until. Once made, it stays where it is.
CREATE TABLE archive (
    feed_id INTEGER NOT NULL REFERENCES feed,
    number  INTEGER NOT NULL,        -- rises with time from 1, never used twice
    since   INTEGER NOT NULL,        -- where the one before it ends
    until   INTEGER NOT NULL,
    PRIMARY KEY (feed_id, number),
    CHECK (since < until)
) STRICT, WITHOUT ROWID;

package store

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// A wordList makes words that are as frequent as words are: the k-th has the
// share 1/k (Zipf). Every third text is Korean, with particles.
type wordList struct {
	random *rand.Rand
	zipf   *rand.Zipf
}

func newWordList() *wordList {
	r := rand.New(rand.NewPCG(1, 2))
	return &wordList{r, rand.NewZipf(r, 1.07, 8, 200_000)}
}

// english and korean return the k-th word.
func english(k uint64) string {
	const head, tail = "bcdfghklmnprstvw", "aeiou"
	var b strings.Builder
	for k += 16; k > 0; k /= 80 {
		b.WriteByte(head[k%80/5])
		b.WriteByte(tail[k%5])
	}
	return b.String()
}

func korean(k uint64) string {
	var b strings.Builder
	for k += 300; k > 0; k /= 300 {
		b.WriteRune('가' + rune(k%300)*37)
	}
	return b.String()
}

// text returns n words, a few of them again and again as in real texts (Zipf).
func (w *wordList) text(n int, isKorean bool) string {
	particles := []string{"", "이", "를", "은", "에서", ""}
	words := make([]string, n)
	for i := range words {
		if k := w.zipf.Uint64(); isKorean {
			words[i] = korean(k) + particles[w.random.IntN(len(particles))]
		} else {
			words[i] = english(k)
		}
	}
	return strings.Join(words, " ")
}

// hash returns what the hash of something is like: any number of 8 bytes.
func (w *wordList) hash() int64 { return int64(w.random.Uint64()) }

// article returns the i-th Article as its Source tells it. Its parts are as long as
// they are on average in 7,000 Articles of real feeds: headline 72 bytes, text 600,
// link 99, GUID 30 where it is not the link. Most feeds give a line or two, some a
// paragraph, few the whole text, as HTML.
func (w *wordList) article(i int) feed.Article {
	isKorean := i%3 == 0
	a := feed.Article{Title: w.text(11, isKorean)}
	a.Link = fmt.Sprintf("https://www.wire.example/news/world/asia/2026/03/02/%s-%d.html", strings.ReplaceAll(w.text(8, false), " ", "-"), i)
	if a.GUID = a.Link; i%8 < 5 {
		a.GUID = fmt.Sprintf("urn:wire.example:item:%09d", i)
	}
	switch {
	case i%20 < 11:
		a.Summary = w.text(15, isKorean)
	case i%20 < 16:
		a.Summary = w.text(60, isKorean)
	default:
		for range 8 {
			a.Content += "<p>" + w.text(42, isKorean) + "</p>"
		}
	}
	return a
}

const (
	manySources = 2000
	manyStep    = 200_000 // Articles are written in one transaction
)

// manyArticles fills a file that is not open with n Articles of 2,000 Sources, each a
// Story of its own and an Entry, that left their Documents after a day. They are
// written straight into the tables and the search index, without a journal: recorded
// one by one ten million would take days. The file is as if they were, but that the
// index has fewer pieces.
func manyArticles(b *testing.B, name string, n int) {
	b.Helper()
	ctx := context.Background()
	db, err := sql.Open("sqlite", dsn(name, "", "locking_mode(EXCLUSIVE)", "journal_mode(OFF)", "synchronous(OFF)", "cache_size(-1000000)"))
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	defer db.Close()
	exec := func(sql string, args ...any) {
		if _, err := db.ExecContext(ctx, sql, args...); err != nil {
			b.Fatal(err)
		}
	}
	exec("INSERT INTO word_index (word_index, rank) VALUES ('hashsize', ?1)", 1<<25) // not a piece of the index for each MB
	all := &prepared{db: db}
	for name, text := range map[string]string{
		"article": `INSERT INTO article (id, source_id, via, key, link_key, digest, seq, story_id, name, link, published, first_seen, gone)
			VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?1, ?1, ?6, ?7, ?8, ?8, ?8 + 86400000)`,
		"entry": `INSERT INTO verdict (story_id, feed_id, passes, entered, published, updated, article_id) VALUES (?1, 1, 1, ?2, ?2, ?2, ?1)`,
	} {
		s, err := db.PrepareContext(ctx, text)
		if err != nil {
			b.Fatal(err)
		}
		all.known.Store(name, s)
	}
	exec("BEGIN")
	i := 0
	for rows := range manyRows(n) {
		for _, r := range rows {
			s, err := all.stmt(ctx, r.into)
			if err == nil {
				_, err = s.ExecContext(ctx, r.values...)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
		if i++; i%manyStep == 0 {
			exec("COMMIT")
			exec("BEGIN")
		}
	}
	exec("INSERT INTO meta VALUES ('indexed', ?1)", fmt.Sprintf("%d/%d", indexVersion, n))
	exec("COMMIT")
	exec("INSERT INTO word_index (word_index, rank) VALUES ('hashsize', ?1)", 1<<20) // as FTS5 has it
	if err := all.close(); err != nil {
		b.Fatal(err)
	}
}

// A manyRow is a row, and the statement that inserts it.
type manyRow struct {
	into   string
	values []any
}

// manyRows makes the rows of n Articles beside whoever takes them.
func manyRows(n int) <-chan []manyRow {
	rows := make(chan []manyRow, 1000)
	go func() {
		defer close(rows)
		words := newWordList()
		for i := 1; i <= n; i++ {
			when, source := millis(start.Add(time.Duration(i)*30*time.Second)), i%manySources+1
			a := words.article(i)
			name := sql.NullString{String: a.GUID, Valid: a.GUID != a.Link}
			in := indexed{int64(source), sql.NullInt64{Int64: int64(i), Valid: true}, sql.NullString{String: a.Title}, sql.NullString{String: a.Summary}, sql.NullString{String: a.Content}, sql.NullString{}}
			rows <- []manyRow{
				{"insert_story", []any{i, when, nil}},
				{"article", []any{i, source, words.hash(), words.hash(), words.hash(), name, a.Link, when}},
				{"insert_revision", []any{i, i, when, a.Title, "", "", "", a.Summary, a.Content, "", "", nil, nil, nil, nil, nil}},
				{"entry", []any{i, when}},
				{"insert_words", in.words()},
			}
		}
	}()
	return rows
}

// many returns how many Articles the benchmarks of large files have: NEWSWIRED_MANY,
// for example 1000000, else as many as a short run allows.
func many(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("NEWSWIRED_MANY"))
	if err != nil {
		return 20_000
	}
	return n
}

// A manyFile is a file of many Articles, the last of which were recorded by polls
// as they come.
type manyFile struct {
	*Store
	words *wordList
	polls int

	longest time.Duration // of the steps that index
	now     time.Time
}

// lately is how many of the Articles are of the last week, in polls of ten.
const lately = 20_000

// newManyFile makes a file of many Articles, the last of which came by polls. With
// NEWSWIRED_MANY_FILE it has that name and is kept for the next time: a million takes
// some minutes.
func newManyFile(b *testing.B) *manyFile {
	b.Helper()
	n := many(b)
	m := &manyFile{words: newWordList()}
	name := os.Getenv("NEWSWIRED_MANY_FILE")
	if _, err := os.Stat(name); err != nil {
		st := benchStore(b, manySources)
		st.Close()
		manyArticles(b, st.name, n)
		if name == "" {
			name = st.name
		} else if err := os.Rename(st.name, name); err != nil {
			b.Fatal(err)
		}
	}
	m.Store = benchOpen(b, name, manySources)
	var when int64
	if err := m.reader.QueryRow("SELECT (max(id) - ?1) / 10, max(first_seen) FROM article", n).Scan(&m.polls, &when); err != nil {
		b.Fatal(err)
	}
	m.now = at(when)
	m.index(b)
	for m.polls < lately/10 {
		m.poll(b)
	}
	m.index(b)
	return m
}

// poll records ten new Articles of some Source, five minutes after the last ones.
func (m *manyFile) poll(b *testing.B) {
	b.Helper()
	m.polls++
	m.now = m.now.Add(5 * time.Minute)
	articles := make([]feed.Article, 10)
	for i := range articles {
		articles[i] = m.words.article(1_000_000_000 + m.polls*10 + i)
		articles[i].Published = m.now
	}
	_, err := m.Record(context.Background(), feed.Poll{
		Source: fmt.Sprint("s", m.polls%manySources), Started: m.now, Status: 200, Document: &feed.Document{Articles: articles},
	})
	if err != nil {
		b.Fatal(err)
	}
}

// index makes what was recorded findable.
func (m *manyFile) index(b *testing.B) {
	b.Helper()
	for more := true; more; {
		began := time.Now()
		var err error
		if more, err = m.IndexWords(context.Background()); err != nil {
			b.Fatal(err)
		}
		m.longest = max(m.longest, time.Since(began))
	}
}

// BenchmarkMany opens a file of many Articles, records in it, lists and asks it,
// and tells what it takes of the disk, as a share of the text that it holds.
func BenchmarkMany(b *testing.B) {
	m := newManyFile(b)
	m.tellSize(b)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			st, err := Open(context.Background(), m.name, "", m.now)
			if err != nil {
				b.Fatal(err)
			}
			st.Close()
		}
	})
	b.Run("poll", func(b *testing.B) { // of ten new Articles, Stories and search included
		m.longest = 0
		for b.Loop() {
			m.poll(b)
			m.index(b)
		}
		b.ReportMetric(float64(m.longest.Microseconds())/1000, "longest-ms") // that a poll would have to wait
	})
	b.Run("health", func(b *testing.B) { // all that the page of the Sources' health shows
		m.fillCounts(b)
		for b.Loop() {
			if h, err := m.Health(context.Background(), m.now); err != nil || len(h.Sources) != manySources || len(h.Hours) < 24*(feed.HealthDays-1) {
				b.Fatal(len(h.Sources), len(h.Hours), err)
			}
		}
	})
	b.Run("states", func(b *testing.B) { // all that the index shows of them
		for b.Loop() {
			if states, err := m.States(context.Background()); err != nil || states["ok"] == 0 {
				b.Fatal(states, err)
			}
		}
	})
	b.Run("list", func(b *testing.B) { // of a Feed's newest
		for b.Loop() {
			if all, err := m.Entries(context.Background(), "all", 200); err != nil || len(all) != 200 {
				b.Fatal(len(all), err)
			}
		}
	})
	for _, s := range []struct{ name, question string }{
		{"rare", english(90_000)},
		{"two-common", english(1) + " " + english(2)},
		{"korean", korean(1)},
		{"korean-two", korean(1) + " " + korean(4)},
		{"korean-rare", korean(95_000)},
		{"phrase", `"` + english(1) + " " + english(2) + `"`},
		{"prefix", english(9000)[:4] + "*"},
		{"source", english(1) + " source:s7"},
	} {
		b.Run("search-"+s.name, func(b *testing.B) { m.search(b, s.question) })
	}
	b.Run("search-korean-rares", m.searchRare)
}

// fillCounts counts as if every Source had been polled 144 times a day for a month,
// with a warning of each twentieth now and then.
func (m *manyFile) fillCounts(b *testing.B) {
	b.Helper()
	hour, day := millis(m.now)/hourMillis, millis(m.now)/dayMillis
	err := m.update(context.Background(), func(t *tx) error {
		for _, fill := range []struct {
			sql  string
			args []any
		}{
			{`WITH RECURSIVE h(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM h WHERE n < 720), c(n) AS (SELECT 20 UNION ALL SELECT n + 1 FROM c WHERE n < 60)
				INSERT OR REPLACE INTO poll_hour SELECT ?1 - h.n, x.value, c.n, 100, 100, 1 FROM h, c, json_each('["", "not modified"]') x`, []any{hour}},
			{`WITH RECURSIVE h(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM h WHERE n < 720)
				INSERT OR REPLACE INTO poll_hour SELECT ?1 - h.n, x.value, -1, 9, 0, 0 FROM h, json_each('["status", "timeout", "unreachable"]') x`, []any{hour}},
			{`WITH RECURSIVE d(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM d WHERE n < 40)
				INSERT OR REPLACE INTO article_day SELECT s.id, ?1 - d.n, s.id % 50 FROM source s, d`, []any{day}},
			{`WITH RECURSIVE f(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM f WHERE n < 500)
				INSERT INTO fetch (source_id, first, last, status, kind, error, warning, bytes, took, new, revised, refused)
				SELECT s.id, ?1 - f.n * 1000000, ?1 - f.n * 1000000, 200, '', '', iif(s.id % 20 = 0, 'repaired: tags that do not match', ''), 1000, 100, 1, 0, 0 FROM source s, f`, []any{millis(m.now)}},
		} {
			if _, err := m.conn.ExecContext(context.Background(), fill.sql, fill.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// tellSize logs what the file takes, as a share of the text, and for what: bytes
// an Article, of the larger tables and indexes.
func (m *manyFile) tellSize(b *testing.B) {
	var n, text, total, index int
	err := m.reader.QueryRow(`SELECT count(*), sum(coalesce(octet_length(name), 0) + octet_length(link)) +
		(SELECT sum(octet_length(title) + octet_length(summary) + octet_length(content)) FROM revision) FROM article`).Scan(&n, &text)
	if err != nil {
		b.Fatal(err)
	}
	rows, err := m.reader.Query("SELECT name, sum(pgsize), sum(payload), sum(unused) FROM dbstat GROUP BY name ORDER BY 2 DESC")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	var table strings.Builder
	for rows.Next() {
		var name string
		var size, payload, unused int
		if err := rows.Scan(&name, &size, &payload, &unused); err != nil {
			b.Fatal(err)
		}
		total += size
		if strings.HasPrefix(name, "word_index_") {
			index += size
		}
		if size > n {
			fmt.Fprintf(&table, "%-28s%8.1f%8.1f%6d %%\n", name, float64(size)/float64(n), float64(payload)/float64(n), 100*(size-unused)/size)
		}
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d articles of %d bytes of text, index %.2f of it, file %.2f\n%-28s%8s%8s%8s\n%s%-28s%8.1f", n, text/n, float64(index)/float64(text), float64(total)/float64(text),
		"bytes an article", "pages", "payload", "filled", &table, "all", float64(total)/float64(n))
}

// search measures a question, and reports how many Stories it finds.
func (m *manyFile) search(b *testing.B, question string) {
	q, err := feed.ReadSearch(question, time.UTC)
	if err != nil {
		b.Fatal(err)
	}
	stories := 0
	for b.Loop() {
		found, _, err := m.Search(context.Background(), q, m.now, 20)
		if err != nil {
			b.Fatal(err)
		}
		stories = len(found)
	}
	b.ReportMetric(float64(stories), "stories")
}

// searchRare measures rare Korean words, one after another, and reports how long half of
// them and nine tenths take at most: how common the pairs are that a word is made of
// differs much. They are as in 15,750 real articles, where of words that stand in three
// at most the commoner pair is in .5 % at the median and in 3.3 % at nine tenths: here
// sixteen of two syllables and a particle, in some .5 %, and four of three, in some 4 %.
func (m *manyFile) searchRare(b *testing.B) {
	var took [20]time.Duration
	n, stories := 0, 0
	for ; b.Loop(); n++ {
		for i := range took {
			word := korean(60_050+1500*uint64(i)) + []string{"이", "를", "은", "에서"}[i%4]
			if k := uint64(i) / 5; i%5 == 4 {
				word = korean(161_817 + 3900*k)
			}
			q, err := feed.ReadSearch(word, time.UTC)
			if err != nil {
				b.Fatal(err)
			}
			began := time.Now()
			found, _, err := m.Search(context.Background(), q, m.now, 20)
			if err != nil {
				b.Fatal(err)
			}
			took[i] += time.Since(began)
			stories += len(found)
		}
	}
	slices.Sort(took[:])
	for _, p := range []int{50, 90} {
		b.ReportMetric(float64(took[len(took)*p/100-1].Microseconds())/1000/float64(n), fmt.Sprintf("p%d-ms", p))
	}
	b.ReportMetric(float64(stories)/float64(n*len(took)), "stories")
}

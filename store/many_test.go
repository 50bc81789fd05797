package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
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

// wordsOf returns how many words the summary of the i-th Article has: most feeds
// give a line or two, some a paragraph, few the whole text.
func wordsOf(i int) int {
	switch {
	case i%20 < 10:
		return 15
	case i%20 < 17:
		return 60
	}
	return 300
}

// manyArticles fills a database with n Articles of 2,000 Sources, each a Story
// of its own and an Entry, that left their Documents after a day, and returns how
// many bytes their texts have, links included. They are written straight into the
// tables: recorded one by one they would take an hour.
func manyArticles(b *testing.B, st *Store, n int) (bytes int) {
	b.Helper()
	words := newWordList()
	ctx := context.Background()
	err := st.update(ctx, func(t *tx) error {
		exec := func(sql string, args ...any) {
			if _, err := st.conn.ExecContext(ctx, sql, args...); err != nil {
				b.Fatal(err)
			}
		}
		story, err := st.conn.PrepareContext(ctx, "INSERT INTO story (id, first_seen) VALUES (?1, ?2)")
		if err != nil {
			return err
		}
		defer story.Close()
		article, err := st.conn.PrepareContext(ctx, `INSERT INTO article (id, source_id, via, key, link_key, digest, seq, story_id, name, link, published, first_seen, gone)
			VALUES (?1, ?1 % ?2 + 1, ?1 % ?2 + 1, ?6, ?7, ?8, ?1, ?1, ?3, ?4, ?5, ?5, ?5 + 86400000)`)
		if err != nil {
			return err
		}
		defer article.Close()
		entry, err := st.conn.PrepareContext(ctx, `INSERT INTO verdict (story_id, feed_id, passes, entered, published, updated, article_id)
			VALUES (?1, 1, 1, ?2, ?2, ?2, ?1)`)
		if err != nil {
			return err
		}
		defer entry.Close()
		for i := 1; i <= n; i++ {
			when := millis(start.Add(time.Duration(i) * 30 * time.Second))
			a := feed.Article{Title: words.text(8, i%3 == 0), Summary: words.text(wordsOf(i), i%3 == 0)}
			guid, link := fmt.Sprint("urn:wire:", i), fmt.Sprintf("https://wire.example/news/%d", i)
			bytes += len(a.Title) + len(a.Summary) + len(guid) + len(link)
			if _, err := story.Exec(i, when); err != nil {
				return err
			}
			if _, err := article.Exec(i, manySources, guid, link, when, words.hash(), words.hash(), words.hash()); err != nil {
				return err
			}
			if _, err := t.exec("insert_revision", i, i, when, a.Title, "", "", "", a.Summary, "", "", "", nil, nil, nil, nil, nil); err != nil {
				return err
			}
			if _, err := entry.Exec(i, when); err != nil {
				return err
			}
			if i%20_000 == 0 {
				exec("COMMIT")
				exec("BEGIN IMMEDIATE")
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return bytes
}

const manySources = 2000

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
	text  int // bytes

	longest time.Duration // of the steps that index
	now     time.Time
}

// lately is how many of the Articles are of the last week, in polls of ten.
const lately = 20_000

// newManyFile makes a file of many Articles, the last of which came by polls.
func newManyFile(b *testing.B) *manyFile {
	b.Helper()
	n := many(b)
	m := &manyFile{Store: benchStore(b, manySources), words: newWordList(), now: start.Add(time.Duration(n) * 30 * time.Second)}
	m.text = manyArticles(b, m.Store, n)
	m.index(b)
	for range lately / 10 {
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
		k := 1_000_000_000 + m.polls*10 + i
		articles[i] = feed.Article{
			GUID: fmt.Sprint("urn:wire:", k), Link: fmt.Sprintf("https://wire.example/news/%d", k),
			Title: m.words.text(8, i%3 == 0), Summary: m.words.text(wordsOf(k), i%3 == 0), Published: m.now,
		}
		m.text += len(articles[i].GUID) + len(articles[i].Link) + len(articles[i].Title) + len(articles[i].Summary)
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
	n, total, index := many(b)+lately, 0, 0
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
	text := float64(m.text)
	b.Logf("%d articles of %d bytes of text, index %.2f of it, file %.2f\n%-28s%8s%8s%8s\n%s%-28s%8.1f", n, m.text/n, float64(index)/text, float64(total)/text,
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

package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
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

// manyArticles fills a database with n Articles of 2,000 Sources, each a Story
// of its own, and returns how many bytes their texts have. They are written
// straight into the tables: recorded one by one they would take an hour.
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
		story, err := st.conn.PrepareContext(ctx, "INSERT INTO story (id, first_seen, published, updated) VALUES (?1, ?2, ?2, ?2)")
		if err != nil {
			return err
		}
		defer story.Close()
		article, err := st.conn.PrepareContext(ctx, `INSERT INTO article (id, source_id, key, link_key, digest, seq, story_id, guid, link, placed, born, published, first_seen)
			VALUES (?1, ?1 % ?2 + 1, ?1 * 7919, ?1 * 104729, 0, ?1, ?1, ?3, ?4, 'alone', ?1, ?5, ?5)`)
		if err != nil {
			return err
		}
		defer article.Close()
		for i := 1; i <= n; i++ {
			when := millis(start.Add(time.Duration(i) * 30 * time.Second))
			a := feed.Article{Title: words.text(8, i%3 == 0), Summary: words.text(35, i%3 == 0)}
			bytes += len(a.Title) + len(a.Summary)
			if _, err := story.Exec(i, when); err != nil {
				return err
			}
			if _, err := article.Exec(i, manySources, fmt.Sprint("urn:wire:", i), fmt.Sprintf("https://wire.example/news/%d", i), when); err != nil {
				return err
			}
			if _, err := t.exec("insert_revision", i, i, when, a.Title, "", "", "", a.Summary, "", "", "", nil, nil, nil, nil, nil); err != nil {
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

// BenchmarkSearch asks a file of many Articles for words that few and that very
// many have, and tells what the index takes of the disk, as a share of the text.
func BenchmarkSearch(b *testing.B) {
	ctx := context.Background()
	st := benchStore(b, manySources)
	text := manyArticles(b, st, many(b))
	began := time.Now()
	for more := true; more; {
		var err error
		if more, err = st.IndexWords(ctx); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("%d articles indexed in %s", many(b), time.Since(began).Round(time.Millisecond))
	var index, file int
	err := st.reader.QueryRow("SELECT (SELECT sum(length(block)) FROM word_index_data) + (SELECT sum(length(sz)) FROM word_index_docsize), page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&index, &file)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("text %d bytes, index %.2f of it, file %.2f (%s)", text, float64(index)/float64(text), float64(file)/float64(text), filepath.Base(st.name))
	for name, question := range map[string]string{
		"rare":        english(90_000),
		"two-common":  english(1) + " " + english(2),
		"korean":      korean(1),
		"korean-two":  korean(1) + " " + korean(4),
		"korean-rare": korean(95_000),
		"phrase":      `"` + english(1) + " " + english(2) + `"`,
		"prefix":      english(9000)[:4] + "*",
		"source":      english(1) + " source:s7",
	} {
		q, err := feed.ReadSearch(question, time.UTC)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			stories := 0
			for b.Loop() {
				found, _, err := st.Search(ctx, q, start.AddDate(1, 0, 0), 20)
				if err != nil {
					b.Fatal(err)
				}
				stories = len(found)
			}
			b.ReportMetric(float64(stories), "stories")
		})
	}
}

package store

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"

	"newswired/feed"
)

// words is what the Store remembers of the Articles' words between polls. All
// of it can be lost: it is loaded, or made again, when it is needed. It belongs
// to whoever has the writer's turn.
type words struct {
	loaded bool
	added  int // Articles since it was saved
	counts feed.Vocabulary
	common feed.Boilerplate
	prints prints
}

// print returns an Article as it is compared, less what the store knows.
func (w *words) print(a *feed.Article, agency string) *feed.Print {
	p := &feed.Print{Fingerprint: feed.NewFingerprint(a, &w.counts), Agency: agency, Link: a.Link}
	if chain, ok := feed.ReadChain(agency, a.GUID, a.Link); ok {
		p.Chain = chain
	}
	return p
}

// alike compares two Articles, less what their Sources print on everything, and
// learns from it what that is.
func (w *words) alike(a, b *feed.Print) feed.Likeness {
	c, d := w.common.Strip(a, b)
	l := feed.Alike(c, d, &w.counts)
	w.common.Learn(a, b, &l)
	return l
}

// prints keeps the Articles that were read of late, by the seq of their
// Revisions: two generations, of which the older is dropped when the younger is
// full.
type prints struct {
	young, old map[int64]*feed.Print
}

// generationSize times two is how many Articles are remembered, at 2 kB each.
const generationSize = 2048

func (c *prints) get(seq int64) *feed.Print {
	if p := c.young[seq]; p != nil {
		return p
	}
	p := c.old[seq]
	if p != nil {
		c.put(seq, p)
	}
	return p
}

func (c *prints) put(seq int64, p *feed.Print) {
	if len(c.young) >= generationSize || c.young == nil {
		c.young, c.old = make(map[int64]*feed.Print, generationSize), c.young
	}
	c.young[seq] = p
}

// loadWords makes sure that the counts of words are those of the database.
func (t *tx) loadWords(w *words) error {
	if w.loaded {
		return nil
	}
	var packed []byte
	err := t.row("select_vocabulary").Scan(&packed)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("select_vocabulary: %w", err)
	}
	w.loaded = true
	if err != nil {
		return nil
	}
	// Counts of another version are no loss worth a failure: words are counted
	// anew.
	if counts, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed))); err == nil {
		_ = w.counts.UnmarshalBinary(counts)
	}
	return nil
}

// SaveWords writes how common words are, if many Articles came since it was
// written. What a crash loses weighs little.
func (s *Store) SaveWords(ctx context.Context) error {
	err := s.update(ctx, func(t *tx) error {
		if s.words.added == 0 {
			return nil
		}
		counts, err := s.words.counts.MarshalBinary()
		if err != nil {
			return err
		}
		var packed bytes.Buffer
		f, err := flate.NewWriter(&packed, flate.BestSpeed)
		if err != nil {
			return err
		}
		_, err = f.Write(counts)
		if err = errors.Join(err, f.Close()); err != nil {
			return err
		}
		if _, err := t.exec("upsert_vocabulary", packed.Bytes()); err != nil {
			return err
		}
		s.words.added = 0
		return nil
	})
	if err != nil {
		return fmt.Errorf("save words: %w", err)
	}
	return nil
}

// keysKept is how long an Article is found by its words: its versions and copies
// come within days, and a Source that was down for some lists what it missed.
const keysKept = 7 * 24 * time.Hour

// keyParts is in how many transactions ForgetKeys does its work.
const keyParts = 256

// ForgetKeys removes the keys of Articles first seen more than a week ago from
// the index by which Articles that are alike find each other.
func (s *Store) ForgetKeys(ctx context.Context, now time.Time) error {
	var last int64
	err := s.read["select_last_before"].QueryRowContext(ctx, millis(now.Add(-keysKept))).Scan(&last)
	if err != nil || last == 0 {
		return err
	}
	for part := range keyParts {
		err := s.update(ctx, func(t *tx) error {
			_, err := t.exec("delete_article_keys", part, last)
			return err
		})
		if err != nil {
			return fmt.Errorf("forget keys: %w", err)
		}
	}
	return nil
}

package store

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"newswired/feed"
)

// words is what the Store remembers of the Articles' words between polls. All
// of it can be lost: it is loaded, or made again, when it is needed. It belongs
// to whoever has the writer's turn.
type words struct {
	loaded  bool
	added   int // Articles since it was saved
	counted int // Articles in this transaction
	counts  feed.Vocabulary
	common  feed.Boilerplate
	index   feed.Index
	indexed int64 // the id up to which the index has the sketches
	prints  prints
}

// print returns an Article as it is compared, less what the store knows.
func (w *words) print(a *feed.Article, agency string) *feed.Print {
	p := &feed.Print{Fingerprint: feed.NewFingerprint(a, &w.counts), Agency: agency, Link: a.Link}
	if chain, ok := feed.ReadChain(agency, a.GUID, a.Link); ok {
		p.Chain = chain
	}
	return p
}

// alike compares two Articles. If they are alike at all, what their Sources
// print on everything does not count, and what that is is learnt from them.
func (w *words) alike(a, b *feed.Print) feed.Likeness {
	l := feed.Alike(a, b, &w.counts)
	if l.Score <= feed.KeptScore && !l.Related {
		return l
	}
	if c, d := w.common.Strip(a, b); c != a || d != b {
		l = feed.Alike(c, d, &w.counts)
	}
	w.common.Learn(a, b, &l)
	return l
}

// forget drops what was read in a transaction that came to nothing, and counted:
// a disk that is full for a day would else make the words of that day common.
func (w *words) forget() {
	w.prints, w.index, w.indexed = prints{}, feed.Index{}, 0
	if w.counted > 0 { // counts cannot be taken back, but loaded again
		w.loaded, w.added = false, 0
		w.counts = feed.Vocabulary{} // by itself: beside others it is made on the stack first, all 3 MB
	}
}

// prints keeps the Articles that were read of late: two generations, of which
// the older is dropped when the younger is full.
type prints struct {
	young, old map[int64]*feed.Print
}

// generationSize times two is how many Articles are remembered, at 2 kB each.
const generationSize = 512

// get returns an Article, nil if it was not read of late. What is asked for stays.
func (c *prints) get(id int64) *feed.Print {
	if p := c.young[id]; p != nil {
		return p
	}
	p := c.old[id]
	if p != nil {
		c.put(p)
	}
	return p
}

// put keeps an Article as the youngest.
func (c *prints) put(p *feed.Print) {
	if len(c.young) >= generationSize || c.young == nil {
		c.young, c.old = make(map[int64]*feed.Print, generationSize), c.young
	}
	c.young[p.Article] = p
}

// drop forgets an Article that has another state by now.
func (c *prints) drop(id int64) {
	delete(c.young, id)
	delete(c.old, id)
}

// loadWords loads the counts of words, unless they are there. Counts of another
// version are no loss worth a failure: words are counted anew.
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
	if w.counts.Load(flate.NewReader(bytes.NewReader(packed))) != nil {
		w.counts = feed.Vocabulary{}
	}
	return nil
}

// SaveWords writes how common words are, if Articles came since it was written.
// What a crash loses weighs little.
func (s *Store) SaveWords(ctx context.Context) error {
	err := s.update(ctx, func(t *tx) error {
		if s.words.added == 0 {
			return nil
		}
		var packed bytes.Buffer
		f, err := flate.NewWriter(&packed, flate.BestSpeed)
		if err != nil {
			return err
		}
		if err := errors.Join(s.words.counts.Save(f), f.Close()); err != nil {
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

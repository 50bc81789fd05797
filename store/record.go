package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"newswired/feed"
)

// Record writes the outcome of a poll in one transaction: new Articles and
// Revisions, their place in Stories, what every Feed says to the Stories that
// changed, and the Source's state. Recording a Document twice is recording it
// once. One that leaves out items is as good as the whole, or refused with
// feed.ErrLeftOut. A panic over what its Articles say is a *feed.PanicError.
func (s *Store) Record(ctx context.Context, p feed.Poll) (done feed.Recorded, err error) {
	if p.Brief() {
		done, err = s.recordTogether(ctx, p)
	} else {
		err = sheltered(func() error {
			return s.update(ctx, func(t *tx) (err error) {
				done, err = s.record(t, &p)
				return err
			})
		})
	}
	if err != nil {
		return feed.Recorded{}, fmt.Errorf("record %s: %w", p.Source, err)
	}
	s.generation.Add(1)
	return done, nil
}

// record writes the outcome of a poll within a transaction.
func (s *Store) record(t *tx, p *feed.Poll) (feed.Recorded, error) {
	r := &recorder{
		tx: t, store: s, poll: p, now: millis(p.Started),
		bench: &bench{tx: t, setup: s.present(), now: millis(p.Started), ended: millis(p.Started.Add(p.Took)), touched: true},
	}
	err := r.record()
	return r.done, err
}

// A recorder is one call of Record.
type recorder struct {
	*tx
	bench  *bench
	store  *Store
	poll   *feed.Poll
	now    int64
	source sourceRow

	standing map[int64]articleRow             // Articles of the Source's last Document by key
	document map[int64]bool                   // keys of this Document
	links    map[int64]int                    // how many Articles of this Document have a link
	pages    map[page]int64                   // their keys by link and headline
	listed   map[int64]bool                   // ids of this Document's Articles
	inserted map[int64]bool                   // keys of those that were new
	buried   map[int64]bool                   // keys of those that retention removed
	altered  []int64                          // keys of known ones that say something else now
	undated  []articleRow                     // of the last Document, whose names are not in this one; nil: not asked for yet
	dated    map[int64][]articleRow           // these by their date
	absent   map[int64]map[int64][]articleRow // these by date, 0 of any, and headline, as they are asked for
	packed   []byte                           // what is remembered of the last Document's items
	items    []itemRow                        // what is to be remembered of this one's

	story, seq int64 // last used
	fresh      []feed.Story
	stories    map[int64]bool // stored Stories that changed
	told       map[int64]bool // Stories that turned out to be older ones
	rulings    bool           // true: persons have ruled
	followed   bool           // true: the index has what others wrote
	sketches   []byte         // of the Articles that were placed
	sketched   int64          // the last of these
	news       map[int64]bool // Articles whose words changed
	rhythm     feed.Rhythm    // of what is new
	done       feed.Recorded

	bearers map[string]sourceRow // the Sources that come by this one, by name
	bearing int                  // how many there are in the table
	brief   bool                 // true: the Article being recorded came without its text
	filled  bool                 // true: that Article had no text before
}

// A page is where an Article stands for who has not its name.
type page struct{ link, title int64 }

// pageOf returns the page of an Article with a link.
func pageOf(link int64, a *feed.Article) page { return page{link, feed.TitleKey(a.Title)} }

// A sourceRow is what has to be known of a Source to record a Document of it.
type sourceRow struct {
	id                  int64
	known               bool // true once a whole Document was stored: what comes now is news
	stored              bool // true if there are Articles of it, or Tombstones
	digest              []byte
	url, outlet, agency string
	reading, move, push string // as in the table
	configured          bool   // false: it left the configuration while it was polled
	fullText            bool
	name, relay         string // relay is "" if it is no newswired's
}

// record writes all of a poll. The order matters: what the Document brought is
// counted before the Source's row and the fetch are told of it. Of a poll
// without one nothing has to be known before.
func (r *recorder) record() error {
	if r.poll.Pushed {
		return r.recordDelivery()
	}
	if r.poll.Document != nil {
		if asked, err := r.load(); err != nil || !asked {
			return err
		}
		if err := r.recordDocument(r.poll.Document); err != nil {
			return err
		}
		if err := r.oweNews(); err != nil {
			return err
		}
	}
	err := r.updateSource()
	if errors.Is(err, sql.ErrNoRows) {
		_, err = r.load() // it says why
		return err
	}
	if err != nil {
		return err
	}
	if err := r.updateAddress(); err != nil {
		return err
	}
	return r.recordFetch()
}

// load reads the Source's row. It is false if a reload came between, so that
// the Source as it is now, or as it is now called, has not been asked.
func (r *recorder) load() (asked bool, err error) {
	err = r.row("select_source", r.poll.Source).Scan(&r.source.id, &r.source.known, &r.source.stored, &r.source.digest,
		&r.source.url, &r.source.outlet, &r.source.agency, &r.source.reading, &r.source.configured, &r.source.fullText, &r.source.relay)
	r.source.name = r.poll.Source
	if errors.Is(err, sql.ErrNoRows) {
		return false, r.renamed()
	}
	if err != nil {
		return false, fmt.Errorf("select_source: %w", err)
	}
	p := r.poll
	return p.URL == "" || r.source.configured && p.URL == r.source.url && p.Reading == r.source.reading, nil
}

// renamed returns an error if the Source that was asked, by a name that nobody has,
// is not one that has got another name since.
func (r *recorder) renamed() error {
	var name string
	err := r.row("select_renamed", r.poll.URL).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return errors.New("the source was never configured")
	}
	return err
}

// recordDocument writes what a Document lists, in the order in which its
// Articles were published, and then judges the Stories once, however many of
// their Articles changed.
func (r *recorder) recordDocument(d *feed.Document) error {
	r.bench.old, r.bench.first = !r.source.known, !r.source.known
	r.stories, r.news, r.told = make(map[int64]bool), make(map[int64]bool), make(map[int64]bool)
	r.buried, r.rhythm = make(map[int64]bool), make(feed.Rhythm)
	d, err := r.receive(d)
	if err != nil {
		return err
	}
	ids, err := r.identify(d)
	if err != nil {
		return err
	}
	if err := r.row("select_next_numbers").Scan(&r.story, &r.seq); err != nil {
		return fmt.Errorf("select_next_numbers: %w", err)
	}
	if err := r.row("select_any_ruling").Scan(&r.rulings); err != nil {
		return fmt.Errorf("select_any_ruling: %w", err)
	}
	// The oldest first: Documents list the newest first, and numbers rise.
	for i := len(d.Articles) - 1; i >= 0; i-- {
		if err := r.recordArticle(&d.Articles[i], ids[i]); err != nil {
			return err
		}
	}
	if err := r.retell(d); err != nil {
		return err
	}
	if err := r.saveSketches(); err != nil {
		return err
	}
	if err := r.recordGone(d.Partial); err != nil {
		return err
	}
	if err := r.recordDeleted(d); err != nil {
		return err
	}
	if r.poll.Pushed {
		err = r.forgetItems()
	} else {
		err = r.rememberItems(d, ids)
	}
	if err != nil {
		return err
	}
	r.done.Refused = len(d.Refused)
	for _, no := range d.Refused {
		if _, err := r.exec("upsert_refusal", r.source.id, no.Name, no.Reason, r.now); err != nil {
			return err
		}
	}
	r.done.Missed = r.source.known && !d.Partial && len(d.Unchanged) == 0 && r.done.New >= few && r.done.New == len(ids)
	return r.judge()
}

// few is how many Articles a Document must list before it tells something that
// all of them are new.
const few = 3

// judge lets every Feed judge the Stories that changed.
func (r *recorder) judge() error {
	if len(r.fresh) > 0 {
		if err := r.bench.agree(); err != nil {
			return err
		}
	}
	for id := range r.told {
		delete(r.stories, id)
	}
	for i := range r.fresh {
		if r.told[r.fresh[i].ID] || r.stories[r.fresh[i].ID] {
			continue // it has other Articles by now, or none
		}
		if err := r.bench.judge(&r.fresh[i], true, nil); err != nil {
			return err
		}
	}
	if err := r.bench.judgeAll(sortedKeys(r.stories), r.news); err != nil {
		return err
	}
	return r.bench.markChanged()
}

package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"time"

	"newswired/feed"
)

// follow makes sure that the counts of words are those of the database, and
// that the index has the Articles that others wrote, and ours after a start.
func (t *tx) follow(w *words) error {
	if err := t.loadWords(w); err != nil {
		return err
	}
	var s feed.Sketch
	return t.each("select_sketches", func(r rows) error {
		var packed sql.RawBytes
		if err := r.Scan(&w.indexed, &packed); err != nil {
			return err
		}
		for len(packed) > sketchHead {
			article := int64(binary.LittleEndian.Uint64(packed))
			end := sketchHead + int(binary.LittleEndian.Uint16(packed[sketchHead-2:]))
			_ = s.UnmarshalBinary(packed[sketchHead:min(end, len(packed))]) // which never fails
			w.index.Add(article, &s)
			w.prints.drop(article)
			packed = packed[min(end, len(packed)):]
		}
		return nil
	}, w.indexed)
}

// sketchHead is what stands before a Sketch: the Article's id and the Sketch's
// length.
const sketchHead = 8 + 2

// addSketch notes in the index by what an Article is found now. saveSketches
// writes it.
func (r *recorder) addSketch(p *feed.Print) error {
	s := p.Sketch()
	at := len(r.sketches)
	r.sketches = binary.LittleEndian.AppendUint64(r.sketches, uint64(p.Article))
	r.sketches = append(r.sketches, 0, 0)
	var err error
	if r.sketches, err = s.AppendBinary(r.sketches); err != nil {
		return err
	}
	binary.LittleEndian.PutUint16(r.sketches[at+sketchHead-2:], uint16(len(r.sketches)-at-sketchHead))
	r.store.words.index.Add(p.Article, &s)
	r.sketched = max(r.sketched, p.Article)
	return nil
}

// saveSketches writes by what the Articles of this poll are found, in one row.
func (r *recorder) saveSketches() error {
	if len(r.sketches) == 0 {
		return nil
	}
	if err := r.row("insert_sketch", r.sketched, r.sketches).Scan(&r.store.words.indexed); err != nil {
		return fmt.Errorf("insert_sketch: %w", err)
	}
	return nil
}

// keysKept is how long an Article is found by its words: its versions and copies
// come within days, and a Source that was down for some lists what it missed.
const keysKept = 7 * 24 * time.Hour

// keysStep is of how many polls the sketches are removed in one transaction.
const keysStep = 1000

// ForgetKeys takes care that Articles first seen more than a week ago are no
// longer found by their words.
func (s *Store) ForgetKeys(ctx context.Context, now time.Time) error {
	var last int64
	err := s.read.row(ctx, "select_last_before", millis(now.Add(-keysKept)), millis(now)).Scan(&last)
	if err != nil || last == 0 {
		return err
	}
	for removed := int64(keysStep); removed == keysStep; {
		err := s.update(ctx, func(t *tx) error {
			s.words.index.Forget(last)
			res, err := t.exec("delete_sketches", last, keysStep)
			if err != nil {
				return err
			}
			removed, err = res.RowsAffected()
			return err
		})
		if err != nil {
			return fmt.Errorf("forget keys: %w", err)
		}
	}
	return nil
}

package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"newswired/feed"
)

// This file records what comes by other newswireds. An Article of theirs is stored
// under the outlet that it is of, as a Source of its own that comes via the one
// that is polled, and named by that and by its own name: "west/yonhap". Who it is,
// whether it stands in the Document and when it left is told within the Document
// of the newswired, as of every Source: so nobody else's Article is replaced by
// what a newswired says.

// maxRelayed is how many Sources may come by a newswired.
const maxRelayed = 5000

// receive returns a Document less what its newswired has from us, and notes whose
// it is.
func (r *recorder) receive(d *feed.Document) (*feed.Document, error) {
	if d.Relay == "" {
		return d, nil
	}
	own, err := r.tagPrefix()
	if err != nil {
		return nil, err
	}
	if err := r.noteRelay(d.Relay, own); err != nil {
		return nil, err
	}
	rest := *d
	rest.Articles, rest.Items, rest.Refused = nil, nil, slices.Clone(d.Refused)
	for i := range d.Articles {
		a := &d.Articles[i]
		if a.Relayed != nil && a.Relayed.PassedBy(own) {
			continue
		}
		_, err := r.bearer(a)
		switch {
		case errors.Is(err, errBearers):
			rest.Refused = append(rest.Refused, feed.Refusal{Name: a.Relayed.Source, Reason: err.Error()})
		case err != nil:
			return nil, err
		default:
			rest.Articles = append(rest.Articles, *a)
		}
	}
	return &rest, nil
}

// noteRelay notes what the ids of this newswired begin with, unless it is ourselves.
func (r *recorder) noteRelay(prefix, own string) error {
	if prefix != own && prefix != r.source.relay {
		if _, err := r.exec("update_source_relay", r.source.id, prefix); err != nil {
			return err
		}
		if _, err := r.exec("insert_minter", prefix, r.source.id); err != nil {
			return err
		}
	}
	if err := r.row("count_relayed_sources", r.source.id).Scan(&r.bearing); err != nil {
		return fmt.Errorf("count_relayed_sources: %w", err)
	}
	return nil
}

var errBearers = fmt.Errorf("more than %d sources come by this newswired", maxRelayed)

// bearer returns the Source that an Article is of, which is made if it is not
// there.
func (r *recorder) bearer(a *feed.Article) (sourceRow, error) {
	if a.Relayed == nil {
		return r.source, nil
	}
	name := r.source.name + "/" + a.Relayed.Source
	if b, ok := r.bearers[name]; ok {
		return b, nil
	}
	now := sourceRow{name: name, url: a.Relayed.URL, outlet: a.Relayed.Outlet, agency: a.Relayed.Agency}
	b := sourceRow{name: name}
	err := r.row("select_relayed_source", name).Scan(&b.id, &b.url, &b.outlet, &b.agency)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return b, fmt.Errorf("select_relayed_source: %w", err)
	}
	if now.id = b.id; b.id == 0 || b.url != now.url || b.outlet != now.outlet || b.agency != now.agency {
		if b.id == 0 {
			if r.bearing++; r.bearing > maxRelayed {
				return b, errBearers
			}
		}
		if err := r.row("upsert_relayed_source", name, r.source.id, now.url, now.outlet, now.agency).Scan(&now.id); err != nil {
			return b, fmt.Errorf("upsert_relayed_source: %w", err)
		}
		if b.id != 0 && b.agency != now.agency {
			r.store.words.prints = prints{} // an Article is read by its Source's agency
		}
	}
	if r.bearers == nil {
		r.bearers = make(map[string]sourceRow)
	}
	r.bearers[name] = now
	return now, nil
}

// recordRelayed writes what changed in an Article that came by this newswired
// before. Which of its Articles a newswired gives whole depends on which it shows:
// of one that came whole the text is kept when none comes, and one that comes whole
// for the first time is no news by that.
func (r *recorder) recordRelayed(a *feed.Article, id feed.Identity, row articleRow) error {
	entry, path, brief, known, err := r.relayedAs(row.id)
	if err != nil {
		return err
	}
	if r.listed[row.id] || a.Relayed.Void {
		r.done.Unchanged++
		return nil
	}
	whole := *a
	if r.brief {
		whole.Summary, whole.Content, whole.Image, whole.Enclosures = known.Summary, known.Content, known.Image, known.Enclosures
		if len(a.Authors)+len(a.Categories) == 0 {
			whole.Authors, whole.Categories = known.Authors, known.Categories
		}
		r.brief = brief
	}
	r.filled = brief && !r.brief
	if entry != a.Relayed.Entry || path != pathOf(a) || brief != r.brief {
		if _, err := r.exec("update_article_relayed", row.id, a.Relayed.Entry, pathOf(a), r.brief); err != nil {
			return err
		}
	}
	if err := r.recordKnown(&whole, id, row); err != nil || entry == a.Relayed.Entry {
		return err
	}
	return r.rejoin(a.Relayed.Entry, row.id)
}

// relayedAs returns how an Article came, and what it says but for its headline.
func (r *recorder) relayedAs(id int64) (entry, path string, brief bool, a feed.Article, err error) {
	var authors, categories, enclosures sql.Null[[]byte]
	err = r.row("select_relayed", id).Scan(&entry, &path, &brief, &a.Summary, &a.Content, &a.Image, &authors, &categories, &enclosures)
	if err != nil {
		return entry, path, brief, a, fmt.Errorf("select_relayed: %w", err)
	}
	return entry, path, brief, a, errors.Join(decode(authors, &a.Authors), decode(categories, &a.Categories), decode(enclosures, &a.Enclosures))
}

// hasCopy reports whether an Article that comes by a newswired for the first time
// is here by another way: as that page of that outlet, with all that it says.
// Whoever says something else has an Article of its own.
func (r *recorder) hasCopy(a *feed.Article, id feed.Identity) (had bool, err error) {
	if id.Link == 0 || !feed.NamesOnePage(a.Link) {
		return false, nil
	}
	err = r.each("select_copies_of_link", func(rows rows) error {
		var known feed.Article
		err := rows.Scan(&known.Title, &known.Summary, &known.Content)
		had = had || err == nil && feed.TellsNoMore(*a, known)
		return err
	}, id.Link, a.Relayed.Outlet)
	return had, err
}

// pathOf returns how an Article came, as the table has it.
func pathOf(a *feed.Article) string {
	if a.Relayed == nil {
		return ""
	}
	return strings.Join(append([]string{a.Relayed.ID}, a.Relayed.Path...), " ")
}

// relayedBy reads what pathOf wrote.
func relayedBy(path string) *feed.Relayed {
	parts := strings.Fields(path)
	if len(parts) < 2 {
		return nil
	}
	return &feed.Relayed{ID: parts[0], Path: parts[1:]}
}

// nullText returns nil for an empty text.
func nullText(s string) any {
	if s == "" {
		return nil
	}
	return s
}

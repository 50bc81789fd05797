package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"time"

	"newswired/feed"
)

// wantPage makes the page of an Article due, if its Source wants full text. What
// is old is left alone: that is most of what a Source lists when it is polled
// first.
func (r *recorder) wantPage(article, seq int64, link string, published int64) error {
	if !r.mayHavePage(link) || published < r.now-feed.PageAge.Milliseconds() {
		return nil
	}
	_, err := r.exec("upsert_page", article, seq, feed.HostPort(link), link, r.now)
	return err
}

// mayHavePage reports whether a link is that of a page that is to be fetched, but
// for its age.
func (r *recorder) mayHavePage(link string) bool {
	u, err := url.Parse(link)
	return r.source.fullText && err == nil && u.Host != ""
}

// renewPage makes the page of a revised Article due, however old that is if it
// was before. If it is not wanted any more it goes: a former Revision's text must
// not stand for the content of this one.
func (r *recorder) renewPage(article, seq int64, link string, published int64) error {
	had := false
	if err := r.row("select_has_page", article).Scan(&had); err != nil {
		return fmt.Errorf("select_has_page: %w", err)
	}
	switch {
	case !had:
		return r.wantPage(article, seq, link, published)
	case r.mayHavePage(link):
		_, err := r.exec("upsert_page", article, seq, feed.HostPort(link), link, r.now)
		return err
	}
	return r.changeWords(article, func() error {
		_, err := r.exec("delete_page", article)
		return err
	})
}

// PageHosts returns the hosts (host:port) of which pages may be asked for now,
// that of the newest Article first. No more than budget pages are asked of a host
// in a day, UTC.
func (s *Store) PageHosts(ctx context.Context, budget int, now time.Time) ([]string, error) {
	var all []string
	begin, _ := day(now)
	err := s.read.each(ctx, "select_page_hosts", func(r rows) error {
		var name string
		err := r.Scan(&name)
		all = append(all, name)
		return err
	}, millis(now), begin, budget)
	return all, err
}

// day returns when the day of a time begins and ends, UTC.
func day(now time.Time) (begin, end int64) {
	d := now.UTC().Truncate(24 * time.Hour)
	return millis(d), millis(d.Add(24 * time.Hour))
}

// claimed is how long a page is left to who claimed it: longer than any fetch
// takes. After a crash it is asked for again then.
const claimed = 10 * time.Minute

// ClaimPage returns a page of a host that is to be fetched now, the newest
// Article's, and counts it: nobody else is given it, and it must be recorded. It
// is nil if there is none of these Sources, or none may be asked for.
func (s *Store) ClaimPage(ctx context.Context, host string, sources []string, budget int, now time.Time) (due *feed.PageDue, err error) {
	err = s.update(ctx, func(t *tx) error {
		due = &feed.PageDue{}
		begin, end := day(now)
		err := t.row("claim_page", host, millis(now), begin, budget, list(sources), millis(now.Add(claimed))).
			Scan(&due.Article, &due.Seq, &due.URL, &due.Validators.URL, &due.Validators.ETag, &due.Validators.LastModified, &due.Failures)
		if errors.Is(err, sql.ErrNoRows) {
			due = nil
			return nil
		}
		if err != nil {
			return fmt.Errorf("claim_page: %w", err)
		}
		if err := t.row("count_page", host, begin).Scan(&due.HostFailures); err != nil {
			return fmt.Errorf("count_page: %w", err)
		}
		if err := t.row("select_page_article", due.Article).Scan(&due.Source, &due.Says.Title, &due.Says.Summary, &due.Says.Content); err != nil {
			return fmt.Errorf("select_page_article: %w", err)
		}
		due.Busy, err = t.heldHosts(millis(now), begin, end, budget)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim page of %s: %w", host, err)
	}
	return due, nil
}

// heldHosts returns until when hosts are to be left alone.
func (t *tx) heldHosts(now, begin, end int64, budget int) (map[string]time.Time, error) {
	all := make(map[string]time.Time)
	err := t.each("select_held_hosts", func(r rows) error {
		var name string
		var until int64
		err := r.Scan(&name, &until)
		if at(until).After(all[name]) {
			all[name] = at(until)
		}
		return err
	}, now, begin, end, budget)
	return all, err
}

// RecordPage writes what came of asking for a page in one transaction: its text,
// the place that it gives its Article, and what every Feed says to the Stories
// that changed. Of an Article that is gone nothing is written. A panic over what the
// page says is a *feed.PanicError.
func (s *Store) RecordPage(ctx context.Context, f feed.PageFetch) error {
	err := sheltered(func() error {
		return s.update(ctx, func(t *tx) error {
			if err := t.noteHosts(&f); err != nil {
				return err
			}
			return s.recordPage(t, &f)
		})
	})
	if err != nil {
		return fmt.Errorf("record page %s: %w", f.URL, err)
	}
	s.generation.Add(1)
	return nil
}

// noteHosts writes what was learnt of the hosts that were asked for a page.
func (t *tx) noteHosts(f *feed.PageFetch) error {
	if f.Host != "" {
		if _, err := t.exec("update_page_host", f.Host, f.HostDown, nullMillis(f.HostNext)); err != nil {
			return err
		}
	}
	begin, _ := day(f.Started.Add(f.Took)) // never before the day of a claim that came meanwhile
	for _, host := range f.LedTo {
		if _, err := t.exec("count_page", host, begin); err != nil {
			return err
		}
	}
	if f.Busy != "" {
		if _, err := t.exec("upsert_host", f.Busy, millis(f.RetryAt)); err != nil {
			return err
		}
	}
	return nil
}

// recordPage writes what came of a page, and places its Article again if that
// has other words now.
func (s *Store) recordPage(t *tx, f *feed.PageFetch) error {
	switch {
	case f.Page != nil:
		if err := t.changeWords(f.Article, func() error { return t.updatePage(f) }); err != nil {
			return err
		}
	case f.Kind == feed.OK:
		_, err := t.exec("update_page_unchanged", f.Article, f.Seq, f.URL, f.Status)
		return err
	default:
		failed, lost := 1, false
		if f.Kind == feed.Offline {
			failed = 0
		}
		err := t.row("update_page_failure", f.Article, f.Seq, f.URL, f.Status, string(f.Kind), f.Error, nullMillis(f.Next), failed).Scan(&lost)
		if errors.Is(err, sql.ErrNoRows) || err == nil && !lost {
			return nil
		}
		if err != nil {
			return fmt.Errorf("update_page_failure: %w", err)
		}
		err = t.changeWords(f.Article, func() error {
			_, err := t.exec("delete_page_text", f.Article)
			return err
		})
		if err != nil {
			return err
		}
	}
	return s.placeByPage(t, f)
}

// updatePage writes what a page says.
func (t *tx) updatePage(f *feed.PageFetch) error {
	p := f.Page
	var picture any
	if p.Picture != (feed.Picture{}) {
		picture = jsonOf(p.Picture)
	}
	_, err := t.exec("update_page_text", f.Article, f.Seq, f.URL, millis(f.Started), f.Status,
		f.Validators.URL, f.Validators.ETag, f.Validators.LastModified, p.Link, p.Title, jsonOrNil(p.Authors), p.Outlet, p.Credit.Agency,
		nullMillis(p.Published), nullMillis(p.Updated), p.Language, p.Section, jsonOrNil(p.Keywords), picture, p.Text, p.Content)
	return err
}

// ExpirePages gives up pages whose turn did not come in time, and reports whether
// there are more.
func (s *Store) ExpirePages(ctx context.Context, now time.Time) (more bool, err error) {
	err = s.update(ctx, func(t *tx) error {
		var expired []feed.PageFetch
		err := t.each("select_expired_pages", func(r rows) error {
			f := feed.PageFetch{Started: now, Kind: feed.Expired}
			var host string
			var wanted bool
			err := r.Scan(&f.Article, &f.Seq, &f.URL, &host, &f.Status, &f.Error, &wanted)
			switch {
			case !wanted:
				f.Error = "its source has no full_text any more"
			case f.Error == "":
				f.Error = "its turn did not come: page_budget is too small for " + host + ", or it was left alone for long"
			}
			expired = append(expired, f)
			return err
		}, millis(now.Add(-feed.PageAge)), retainStep)
		if err != nil {
			return err
		}
		for i := range expired {
			if err := s.recordPage(t, &expired[i]); err != nil {
				return err
			}
		}
		more = len(expired) == retainStep
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("expire pages: %w", err)
	}
	return more, nil
}

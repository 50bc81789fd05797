package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"newswired/feed"
)

// A setup is what the configuration says, as Record needs it.
type setup struct {
	feeds   []configured
	judge   feed.Judge
	rules   string // of all Feeds: two processes with the same rules agree
	reasons reasons
}

// A configured Feed is one of the present configuration.
type configured struct {
	id      int64
	prefer  []string
	settle  int64 // milliseconds
	perHour int   // 0: as many as come
	limit   int   // Entries of a document
}

// Configure makes the Sources and Feeds of the configuration those of the
// database, in one transaction. Nothing is lost: a Source that is no longer
// there keeps its Articles, a Feed its Entries, and both go on where they
// were when they return, a Source also under another name (feed.Renamed). A Feed
// that is new, or has another Rule or
// preference, is judged again by JudgeBacklog.
func (s *Store) Configure(ctx context.Context, sources []feed.Source, feeds []feed.Feed, judge feed.Judge, now time.Time) error {
	next, former := setup{judge: judge, rules: rulesOf(feeds), reasons: make(reasons)}, s.present()
	err := s.update(ctx, func(t *tx) error {
		renamed, err := t.configureSources(sources, now)
		if err != nil {
			return err
		}
		if next.feeds, err = t.configureFeeds(feeds); err != nil {
			return err
		}
		if renamed {
			s.words.prints = prints{} // an Article is read by its Source's agency
			if _, err := t.exec("judge_all_again", millis(now)); err != nil {
				return err
			}
		}
		if _, err := t.exec("upsert_meta", "rules", next.rules); err != nil {
			return err
		}
		s.use(next) // within the transaction: who judges next must judge by it
		return nil
	})
	if err != nil {
		s.use(former)
		return fmt.Errorf("configure: %w", err)
	}
	s.generation.Add(1)
	return nil
}

// rulesOf writes down all that decides about Entries.
func rulesOf(feeds []feed.Feed) string {
	all := make([]string, 0, 3*len(feeds))
	for _, f := range feeds {
		all = append(all, f.Name, f.Rule, list(f.Prefer))
	}
	return list(all)
}

// defaultLimit is for a Feed that does not say how long its documents are.
const defaultLimit = 100

// use makes a setup the present one, whole: a reader sees either the former or
// the next.
func (s *Store) use(next setup) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.setup = next
}

// present returns the setup. Within a transaction it is that of the last
// Configure.
func (s *Store) present() setup {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setup
}

// configureSources reports whether a Source that was there has another name, outlet
// or agency now: every Entry that names it is out of date.
func (t *tx) configureSources(sources []feed.Source, now time.Time) (renamed bool, err error) {
	if renamed, err = t.renameSources(sources); err != nil {
		return false, err
	}
	names := make([]string, len(sources))
	for i, src := range sources {
		names[i] = src.Name
		var outlet, agency string
		err := t.row("select_outlet", src.Name).Scan(&outlet, &agency)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return false, fmt.Errorf("select_outlet: %w", err)
		}
		renamed = renamed || err == nil && (outlet != src.Outlet || agency != src.Agency)
		if _, err := t.exec("upsert_source", src.Name, src.URL, src.Outlet, src.Agency, i, src.Reading(), src.Schedule, feed.HostPort(src.URL), src.FullText); err != nil {
			return false, err
		}
	}
	if _, err := t.exec("remove_sources", list(names)); err != nil {
		return false, err
	}
	_, err = t.exec("update_articles_of_removed", millis(now))
	return renamed, err
}

// renameSources gives Sources that are known under other names the ones that they
// are configured with, and reports whether there were any.
func (t *tx) renameSources(sources []feed.Source) (renamed bool, err error) {
	var known []feed.Source
	err = t.each("select_known_sources", func(r rows) error {
		var k feed.Source
		err := r.Scan(&k.Name, &k.URL)
		known = append(known, k)
		return err
	})
	if err != nil {
		return false, err
	}
	names := make(map[string]string)
	for name, former := range feed.Renamed(known, sources) {
		names[former] = name
	}
	if len(names) == 0 {
		return false, nil
	}
	text, _ := json.Marshal(names) // texts always marshal
	if _, err := t.exec("rename_sources", string(text)); err != nil {
		return false, err
	}
	_, err = t.exec("free_names")
	return true, err
}

// configureFeeds writes the Feeds and returns them as Record needs them. What
// has another Rule or preference than it had, or had none, is put at the
// beginning of its backlog.
func (t *tx) configureFeeds(feeds []feed.Feed) ([]configured, error) {
	before := make(map[string]string)
	err := t.each("select_feeds", func(r rows) error {
		var id int64
		var name, rule, prefer string
		err := r.Scan(&id, &name, &rule, &prefer)
		before[name] = rule + prefer
		return err
	})
	if err != nil {
		return nil, err
	}
	names := make([]string, len(feeds))
	all := make([]configured, len(feeds))
	for i, f := range feeds {
		names[i] = f.Name
		all[i].prefer, all[i].settle, all[i].perHour = f.Prefer, f.Settle.Milliseconds(), f.MaxPerHour
		all[i].limit = cmp.Or(f.Limit, defaultLimit)
		if err := t.row("upsert_feed", f.Name, f.Title, f.Rule, list(f.Prefer), i).Scan(&all[i].id); err != nil {
			return nil, fmt.Errorf("upsert_feed: %w", err)
		}
		if was, ok := before[f.Name]; !ok || was != f.Rule+list(f.Prefer) {
			if _, err := t.exec("reset_feed_backlog", all[i].id); err != nil {
				return nil, err
			}
		}
	}
	_, err = t.exec("remove_feeds", list(names))
	return all, err
}

// list returns names as JSON, never null.
func list(names []string) string {
	if names == nil {
		names = []string{}
	}
	text, _ := json.Marshal(names) // strings always marshal
	return string(text)
}

// backlogStep is how many Stories are judged in one transaction: few enough
// that a poll does not wait.
const backlogStep = 200

// JudgeBacklog judges some of the stored Stories, newest first, by Feeds whose
// Rule is new, and reports whether there are more. Their Entries take their
// place by the date of the Story, so that a reader is not shown old news as
// new.
func (s *Store) JudgeBacklog(ctx context.Context, now time.Time) (more bool, err error) {
	err = s.update(ctx, func(t *tx) error {
		b := &bench{tx: t, setup: s.present(), now: millis(now), ended: millis(now), old: true}
		ours, err := b.rulesAreOurs()
		if err != nil || !ours {
			return err // it is for those who have the rules to judge by them
		}
		var from int64
		if err := t.row("select_backlog").Scan(&from); err != nil || from == 0 {
			return err
		}
		var stories []int64
		err = t.each("select_stories_down", func(r rows) error {
			var id int64
			err := r.Scan(&id)
			stories = append(stories, id)
			return err
		}, from, backlogStep)
		if err != nil {
			return err
		}
		if err := b.judgeAll(stories, nil); err != nil {
			return err
		}
		to := int64(0)
		if len(stories) == backlogStep {
			to = stories[len(stories)-1] - 1
		}
		more = to > 0
		_, err = t.exec("lower_backlogs", from, to)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("judge backlog: %w", err)
	}
	s.generation.Add(1)
	return more, nil
}

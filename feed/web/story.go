package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"newswired/feed"
	"newswired/feed/render"
)

// The page of a Story shows what is in a Feed that whoever asks may see, and
// nothing else: a Story that no such Feed has is not found, related ones are left
// out, and further Feeds are not named. Its Editions show all outlets that carry
// a Story, and so does its page.

// A sight is what a request may see beside the public feeds.
type sight struct {
	opened []string // names of the private feeds that its secret opens
	query  string   // with which its links end; "" if nothing was opened
}

// sight finds out which private feeds a request opens.
func (r *routes) sight(req *http.Request) sight {
	p, ok := present(req)
	if !ok {
		return sight{}
	}
	var s sight
	for _, f := range r.all {
		if keys, private := r.keys[f.Name]; private && opens(keys, p) {
			s.opened, s.query = append(s.opened, f.Name), p.query()
		}
	}
	return s
}

// sees reports whether a Feed is public or was opened.
func (r *routes) sees(s sight, name string) bool {
	_, configured := r.feeds[name]
	_, private := r.keys[name]
	return configured && (!private || slices.Contains(s.opened, name))
}

// A movedError says that a Story turned out to be an older one.
type movedError struct{ to int64 }

// Error names the older Story.
func (e movedError) Error() string { return fmt.Sprintf("told in story %d", e.to) }

// storyID reads the path of a Story, whose number has one form only.
func storyID(path string) (int64, bool) {
	text, ok := strings.CutPrefix(path, "/stories/")
	if !ok {
		return 0, false
	}
	id, err := strconv.ParseInt(text, 10, 64)
	return id, err == nil && id > 0 && strconv.FormatInt(id, 10) == text
}

// storyPath is where the page of a Story is, from the root of the site.
func storyPath(id int64) string { return "stories/" + strconv.FormatInt(id, 10) }

// serveStory answers with the page of a Story, or sends to that of the older one
// that it turned out to be. That can be undone by a ruling, so nobody may keep
// the redirect, permanent though it is meant.
func (r *routes) serveStory(w http.ResponseWriter, req *http.Request, id int64) error {
	seen := r.sight(req)
	key := req.URL.Path + seen.query + "\n" + strings.Join(seen.opened, "\n")
	err := r.serveFromLoft(w, req, key, func() *shelf {
		s := &shelf{kind: page}
		if len(seen.opened) > 0 {
			s.kind.cache = "private, no-cache"
		}
		s.render = func(ctx context.Context) ([]byte, error) { return r.story(ctx, id, seen) }
		return s
	})
	if moved := (movedError{}); errors.As(err, &moved) {
		to := r.maker.base + storyPath(moved.to) + seen.query
		w.Header().Set("Location", to)
		say(w, http.StatusPermanentRedirect, "this story turned out to be an older one: "+to)
		return nil
	}
	return err
}

// story renders the page of a Story: feed.ErrNotStored if there is none that may
// be seen, a movedError if it is told in another that may.
func (r *routes) story(ctx context.Context, id int64, seen sight) ([]byte, error) {
	a, err := r.maker.lib.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	// This comes before the redirect, which would tell that there is a Story.
	a.Verdicts = slices.DeleteFunc(a.Verdicts, func(v feed.FeedVerdict) bool { return !v.Passes || !r.sees(seen, v.Feed) })
	if len(a.Verdicts) == 0 {
		return nil, feed.ErrNotStored
	}
	if a.ID != id {
		return nil, movedError{a.ID}
	}
	a.Related = slices.DeleteFunc(a.Related, func(s feed.Related) bool {
		return !slices.ContainsFunc(s.Feeds, func(name string) bool { return r.sees(seen, name) })
	})
	a.Order()
	m := r.maker.speaking(spoken(a.Copies[feed.Shown(&a.Story, nil)].Language))
	view, err := m.storyView(a, seen.query)
	if err != nil {
		return nil, err
	}
	for _, v := range a.Verdicts {
		f, query := r.feeds[v.Feed], ""
		if _, private := r.keys[v.Feed]; private {
			query = seen.query
		}
		card := m.card(f, query)
		view.Feeds = append(view.Feeds, feedRow{card, *m.clock(v.Entered, time.Time{}), render.Line(v.Reason)})
		if !f.Summary {
			view.whole = true
		}
	}
	m.addChains(view, a)
	return m.execute("story.html", view)
}

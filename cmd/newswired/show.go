package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"newswired/feed"
	"newswired/store"
)

// showCommand shows one Story, and changes nothing.
func (a *app) showCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "show STORY|URL",
		Short: "Show a story: its carriers, its versions, and why they are one",
		Long: `Show prints a story, by its id or by the URL of one of its articles: who
carries it and how long after the first; what changed from version to version,
as [-old-]{+new+}; why each article belongs to it; which stories are related;
and in which feeds it is, or why not.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.show(cmd.Context(), args[0], asJSON) },
	}
	jsonFlag(c, &asJSON)
	return c
}

// show prints a Story. Which one is settled first, then all of it is read in one
// transaction, so that what is printed fits together while a daemon writes.
func (a *app) show(ctx context.Context, what string, asJSON bool) (err error) {
	ref, err := parseReference(what)
	if err != nil {
		return usageError{fmt.Errorf("%q is neither the id of a story nor a URL", what), "try: newswired show -h"}
	}
	_, c, err := a.config()
	if err != nil {
		return err
	}
	st, err := openStored(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	shown := shownStory{asked: ref.id}
	if ref.id == 0 {
		places, err := placesOf(ctx, st, c, ref)
		if err != nil {
			return err
		}
		shown.asked, shown.others = places[0].Story, otherStories(places)
	}
	shown.Account, err = st.Account(ctx, shown.asked)
	if errors.Is(err, feed.ErrNotStored) {
		return fmt.Errorf("there is no story %d: retention removed it, or it never was; a URL finds the story of an article", shown.asked)
	}
	if err != nil {
		return err
	}
	shown.Order()
	if asJSON {
		return shown.printJSON(a.stdout)
	}
	return shown.print(a.stdout, c.Zone)
}

// A reference is what a person gives to name a Story or an Article.
type reference struct {
	text string
	id   int64  // 0 if it is a page
	page string // canonical; "" if it is an id
}

// parseReference reads an id or the URL of a page, which may lack its scheme
// as browsers show it.
func parseReference(text string) (reference, error) {
	if id, err := strconv.ParseInt(text, 10, 64); err == nil && id > 0 {
		return reference{text: text, id: id}, nil
	}
	page := text
	if !strings.Contains(page, "://") && strings.Contains(page, ".") {
		page = "https://" + page
	}
	if page = feed.Canonical(page); page == "" {
		return reference{}, errors.New("neither an id nor a URL")
	}
	return reference{text: text, page: page}, nil
}

// placesOf returns where an Article stands, or the Articles of a page: at least
// one.
func placesOf(ctx context.Context, st *store.Store, c *config, ref reference) ([]store.Place, error) {
	if ref.id != 0 {
		place, err := st.Place(ctx, ref.id)
		if errors.Is(err, feed.ErrNotStored) {
			err = notStored(ref, c)
		}
		return []store.Place{place}, err
	}
	places, err := st.Places(ctx, ref.page)
	if err == nil && len(places) == 0 {
		err = notStored(ref, c)
	}
	return places, err
}

// notStored is the error for an Article that isn't there, with a way to find
// it.
func notStored(ref reference, c *config) error {
	what := "an article with the URL " + ref.text
	if ref.id != 0 {
		what = fmt.Sprintf("an article with the id %d", ref.id)
	}
	return fmt.Errorf(`%s is not stored: its source was not polled since it came out, or retention removed it; look for its headline: sqlite3 -readonly %s "SELECT id, story_id, link, title FROM articles WHERE title LIKE '%%WORD%%'"`,
		what, c.Database)
}

// otherStories returns the Stories of a page but for the first, each once: two
// Sources may list one page, and a live page tells report after report.
func otherStories(places []store.Place) []int64 {
	var all []int64
	seen := map[int64]bool{places[0].Story: true}
	for _, p := range places {
		if !seen[p.Story] {
			seen[p.Story] = true
			all = append(all, p.Story)
		}
	}
	return all
}

// A printer writes lines and keeps the first error, so that a section need not
// look after each.
type printer struct {
	w   io.Writer
	err error
}

// line prints a line, unless one before it could not be.
func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

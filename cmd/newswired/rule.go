package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"newswired/feed"
	"newswired/store"
)

// joinCommand takes URLs alone, not ids: see twoPages.
func (a *app) joinCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "join URL URL",
		Short: "Rule that two pages tell one report, for good",
		Long: `Join rules that the articles of two pages tell one report, whatever newswired
thinks of them: their stories become one, now or when they come in. The ruling
stays until split says otherwise. It may be given beside a running daemon, which
shows it some seconds later.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.rule(cmd.Context(), args[0], args[1], true, asJSON)
		},
	}
	jsonFlag(c, &asJSON)
	return c
}

// splitCommand is the contrary of joinCommand; of what both said of a pair the later
// one holds.
func (a *app) splitCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "split URL URL",
		Short: "Rule that two pages tell different reports, for good",
		Long: `Split rules that the articles of two pages tell different reports, whatever
newswired thinks of them: they never stand in one story, now or when they come
in. The ruling stays until join says otherwise. It may be given beside a running
daemon, which shows it some seconds later.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.rule(cmd.Context(), args[0], args[1], false, asJSON)
		},
	}
	jsonFlag(c, &asJSON)
	return c
}

// rule writes a Ruling down and prints what came of it. The database is told
// the configuration first, as poll does, so that the Feeds judge the Stories
// anew by it; a daemon beside us waits for its turn and sees the outcome.
func (a *app) rule(ctx context.Context, one, other string, same, asJSON bool) (err error) {
	refs, err := twoPages(one, other)
	if err != nil {
		return usageError{err, "try: newswired " + map[bool]string{true: "join", false: "split"}[same] + " -h"}
	}
	name, c, err := a.config()
	if err != nil {
		return err
	}
	st, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	var before, after [2]int64
	if before, err = storiesOf(ctx, st, refs); err != nil {
		return err
	}
	err = st.Rule(ctx, feed.Ruling{URL: refs[0].page, Other: refs[1].page, Same: same}, time.Now())
	if errors.Is(err, store.ErrConfigured) {
		return fmt.Errorf("%s rules otherwise about these two pages: change its key %s", name, opposite(same))
	}
	if err != nil {
		return err
	}
	if after, err = storiesOf(ctx, st, refs); err != nil {
		return err
	}
	outcome := outcomeOf(same, before, after, refs)
	if asJSON { // 0 is a page that is not stored yet
		return printJSON(a.stdout, map[string]any{"same": same, "story_ids": after, "outcome": outcome})
	}
	_, err = fmt.Fprintln(a.stdout, outcome)
	return err
}

// opposite names the key of the configuration under which the contrary of a
// Ruling stands.
func opposite(same bool) string {
	if same {
		return "different"
	}
	return "same"
}

// twoPages reads the pages that a ruling is about, and says what cannot be meant. Ids
// are refused: an Article goes with retention, and a ruling about it would be lost
// when another Source lists its page.
func twoPages(one, other string) (refs [2]reference, err error) {
	for i, text := range []string{one, other} {
		ref, err := parseReference(text)
		switch {
		case err != nil || ref.id != 0:
			return refs, fmt.Errorf("%q is no URL: a ruling is about pages, and outlives the articles", text)
		case !feed.NamesOnePage(ref.page):
			return refs, fmt.Errorf("%q names no single page", text)
		}
		refs[i] = ref
	}
	if refs[0].page == refs[1].page {
		return refs, errors.New("both URLs name one page")
	}
	return refs, nil
}

// storiesOf returns the Stories of two pages, 0 for one that is not stored. Of
// a page that several Sources list, the Article seen first counts.
func storiesOf(ctx context.Context, st *store.Store, refs [2]reference) (stories [2]int64, err error) {
	for i, ref := range refs {
		places, err := st.Places(ctx, ref.page)
		if err != nil {
			return stories, err
		}
		if len(places) > 0 {
			stories[i] = places[0].Story
		}
	}
	return stories, nil
}

// outcomeOf tells in a sentence what came of a Ruling:
//
//	story 12 now tells both
//	story 12 tells both already, and will go on to
//	story 12 tells the first, story 40 the second
//	written down; https://a.example/7 is not stored yet, and will join story 12
func outcomeOf(same bool, before, after [2]int64, refs [2]reference) string {
	if after[0] == 0 || after[1] == 0 {
		return futureOf(same, after, refs)
	}
	apart := fmt.Sprintf("story %d tells the first, story %d the second", after[0], after[1])
	switch together := after[0] == after[1]; {
	case same && together && before == after:
		return fmt.Sprintf("story %d tells both already, and will go on to", after[0])
	case same && together:
		return fmt.Sprintf("story %d now tells both", after[0])
	case same:
		return "written down, but another ruling keeps them apart: " + apart
	case together: // the store does not divide Stories of hundreds of Articles anew
		return fmt.Sprintf("written down, but story %d still tells both: it has too many articles to be divided", after[0])
	case before == after:
		return apart + " already, and it will stay so"
	}
	return apart + " now"
}

// futureOf tells what a Ruling will do when a page is stored. It is no mistake
// to rule before: the ruling waits for the page, and people often see a report
// in a paper before its feed is polled.
func futureOf(same bool, stories [2]int64, refs [2]reference) string {
	missing, there := refs[0], stories[1]
	if stories[1] == 0 {
		missing, there = refs[1], stories[0]
	}
	switch {
	case there == 0 && same:
		return "written down; neither page is stored yet: they will be one story"
	case there == 0:
		return "written down; neither page is stored yet: they will be two stories"
	case same:
		return fmt.Sprintf("written down; %s is not stored yet, and will join story %d", missing.text, there)
	}
	return fmt.Sprintf("written down; %s is not stored yet, and will stay out of story %d", missing.text, there)
}

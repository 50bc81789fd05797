package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"newswired/feed"
	"newswired/fetcher"
	"newswired/store"
)

// atOnce bounds how many hosts a one-shot poll asks or pauses for; fewer are
// really being asked. Each needs a connection that is kept.
const atOnce = 96

// pollCommand polls at once, also beside a daemon: they take turns at the database.
func (a *app) pollCommand() *cobra.Command {
	var force, noPages, asJSON bool
	c := &cobra.Command{
		Use:   "poll [SOURCE...]",
		Short: "Poll some sources, or all, once and now",
		Long: `Poll asks the sources named, or all, once and now, whatever their schedule
says. Only a server that asked to be left alone (Retry-After) is, unless
--force is given. Then it fetches the pages of their articles that are due, of
sources with full_text, unless --no-pages is given. It fails if every source
failed; pages may fail, and are tried again.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			urgency := fetcher.Manual
			if force {
				urgency = fetcher.Forced
			}
			return a.poll(cmd.Context(), args, urgency, !noPages, asJSON)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return a.sourceNames(), cobra.ShellCompDirectiveNoFileComp
		},
	}
	c.Flags().BoolVar(&noPages, "no-pages", false, "leave the pages of articles to the next poll, or the daemon")
	jsonFlag(c, &asJSON)
	c.Flags().BoolVar(&force, "force", false, "ask even a server that wants to be left alone")
	return c
}

// sourceNames is what a shell completes the arguments of poll with.
func (a *app) sourceNames() []string {
	_, c, err := a.config()
	if err != nil {
		return nil // completion has no place for an error
	}
	names := make([]string, len(c.Sources))
	for i, s := range c.Sources {
		names[i] = s.Name
	}
	return names
}

// poll polls once, with a bar on a terminal, and prints what came of it.
func (a *app) poll(ctx context.Context, names []string, u fetcher.Urgency, pages, asJSON bool) (err error) {
	_, c, err := a.config()
	if err != nil {
		return err
	}
	sources, err := choose(c.Sources, names)
	if err != nil {
		return err
	}
	st, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	log := newLogger(a.stderr, a.verbose, c.Zone)
	if !a.verbose {
		log = slog.New(slog.DiscardHandler) // the table says it
	}
	f := &follower{store: st, log: log}
	f.judgeBacklog(ctx)
	f.judgeDue(ctx)
	if err := failingLast(ctx, st, sources); err != nil {
		return err
	}
	poller := a.newPoller(c, st, log)
	defer poller.Close()
	results, err := pollAll(ctx, poller, sources, u, a.progress(len(sources)))
	f.indexWords(ctx)
	if ctx.Err() != nil {
		err = errors.New("stopped before every source was polled")
	}
	sum := sumUp(sources, results)
	if !asJSON {
		err = errors.Join(err, sum.print(a.stdout, results, c.Zone))
	}
	if pages && ctx.Err() == nil && slices.ContainsFunc(sources, func(s sourceConfig) bool { return s.FullText }) {
		n, failed := pollPages(ctx, f, newPager(c, poller, st, sources))
		sum.Pages, err = &n, errors.Join(err, failed)
		if !asJSON {
			fmt.Fprintf(a.stdout, "%s kept, %d unchanged, %d failed\n", feed.Counted(n.Kept, "page"), n.Unchanged, n.Failed)
		}
	}
	if asJSON {
		err = errors.Join(err, printJSON(a.stdout, sum))
	}
	return errors.Join(err, sum.err())
}

// choose returns the Sources of some names, or all.
func choose(all []sourceConfig, names []string) ([]sourceConfig, error) {
	if len(names) == 0 {
		return all, nil
	}
	var chosen []sourceConfig
	var unknown []string
	for _, name := range names {
		i := slices.IndexFunc(all, func(s sourceConfig) bool { return s.Name == name })
		if i < 0 {
			unknown = append(unknown, name)
			continue
		}
		if !slices.ContainsFunc(chosen, func(s sourceConfig) bool { return s.Name == name }) {
			chosen = append(chosen, all[i])
		}
	}
	if unknown != nil {
		return nil, usageError{fmt.Errorf("no such source: %s", strings.Join(unknown, ", ")), "try: newswired status"}
	}
	return chosen, nil
}

// failingLast sorts the Sources by how often they failed in a row: one that is
// told 429 holds back all that come after it on its host, and would again.
func failingLast(ctx context.Context, st *store.Store, sources []sourceConfig) error {
	all, err := st.Sources(ctx)
	if err != nil {
		return err
	}
	failing := make(map[string]int)
	for _, s := range all {
		failing[s.Name] = s.Failures
	}
	slices.SortStableFunc(sources, func(a, b sourceConfig) int { return failing[a.Name] - failing[b.Name] })
	return nil
}

// notPolled is the kind of a poll that failed on our side.
const notPolled feed.Kind = "not polled"

// pollAll polls each Source once, and calls step after each.
func pollAll(ctx context.Context, p *fetcher.Poller, sources []sourceConfig, u fetcher.Urgency, step func()) ([]fetcher.Result, error) {
	results := make([]fetcher.Result, len(sources))
	errs := make([]error, len(sources))
	askAll(sources, step, func(i int) {
		results[i], errs[i] = p.Poll(ctx, sources[i].timed(), u)
		if err := errs[i]; err != nil {
			results[i] = fetcher.Result{Kind: notPolled, Error: err.Error()}
		}
	})
	return results, errors.Join(errs...)
}

// askAll calls ask with the index of each Source, for many at a time, and step
// after each. Those of one host come one after another, so that they keep nobody
// else waiting.
func askAll(sources []sourceConfig, step func(), ask func(i int)) {
	free := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	for _, host := range byHost(sources) {
		free <- struct{}{}
		all.Go(func() {
			for _, i := range host {
				ask(i)
				step()
			}
			<-free
		})
	}
	all.Wait()
}

// byHost returns the indices of the Sources of each host:port, in the order of
// the first of each.
func byHost(sources []sourceConfig) [][]int {
	var hosts [][]int
	at := make(map[string]int)
	for i, s := range sources {
		name := feed.HostPort(s.URL)
		n, known := at[name]
		if !known {
			n = len(hosts)
			at[name] = n
			hosts = append(hosts, nil)
		}
		hosts[n] = append(hosts[n], i)
	}
	return hosts
}

// progress returns what to call after each step: on a terminal it moves a bar.
func (a *app) progress(steps int) func() {
	file, ok := a.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return func() {}
	}
	bar := progressbar.NewOptions(steps, progressbar.OptionSetWriter(file), progressbar.OptionSetDescription("polling"),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
	return func() { bar.Add(1) } // a bar that cannot be drawn is no failure
}

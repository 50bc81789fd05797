package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"newswired/feed"
	"newswired/fetcher"
)

// checkCommand reads what a start would read, and acts on nothing of it unless a
// flag asks for that.
func (a *app) checkCommand() *cobra.Command {
	var online, asJSON, noCredentials, alert bool
	c := &cobra.Command{
		Use:   "check [--alert] [--online [SOURCE...]]",
		Short: "Check the configuration, and the sources if asked to",
		Long: `Check reads the configuration, the credentials that open private feeds and
the certificate for TLS, and reports every mistake in them; what systemd hands to
the service is seen by its daemon only: --no-credentials leaves that aside. With
--online it then asks the sources named, or all, once, as politely as a poll does, and
prints what each answers: its format, articles, newest date, language, encoding,
whether the server gives validators and what will decide the next poll; or why
it is no feed, and where one is. Nothing is stored. It fails if any source does.
With --alert it runs the command on_alert once, as if there were an alert.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if !online && len(args) > 0 {
				return misuse(cmd, errors.New("sources are for --online"))
			}
			return a.check(cmd.Context(), args, online, asJSON, !noCredentials, alert)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return a.sourceNames(), cobra.ShellCompDirectiveNoFileComp
		},
	}
	c.Flags().BoolVar(&online, "online", false, "ask the sources, too")
	c.Flags().BoolVar(&alert, "alert", false, "run on_alert for a test")
	jsonFlag(c, &asJSON)
	c.Flags().BoolVar(&noCredentials, "no-credentials", false, "leave aside the credentials of private feeds and the certificate")
	return c
}

// check reads the configuration and the secrets that it names. If they are good it
// runs on_alert and asks the sources, each if that is wanted: what is wrong in the
// file is to be told whatever the command and the sources do.
func (a *app) check(ctx context.Context, names []string, online, asJSON, credentials, alert bool) error {
	name, c, err := a.config()
	var warnings []string
	if err == nil && credentials {
		warnings, err = c.checkSecrets(name)
	}
	switch {
	case err != nil && asJSON:
		return printMistakes(a.stdout, err)
	case err != nil:
		return err
	}
	for _, w := range warnings {
		fmt.Fprintf(a.stderr, "%s:%d:%d: warning: %s\n", name, c.TLS.at.line, c.TLS.at.column, w)
	}
	if !asJSON {
		fmt.Fprintf(a.stdout, "%s is good: %s, %s\n", name, feed.Counted(len(c.Sources), "source"), feed.Counted(len(c.Feeds), "feed"))
	}
	if alert {
		if err := c.checkAlert(ctx, name); err != nil {
			return err
		}
	}
	switch {
	case !online && asJSON:
		return printJSON(a.stdout, checked{File: name, Mistakes: []foundMistake{}})
	case !online:
		return nil
	}
	return a.checkOnline(ctx, name, c, names, asJSON)
}

// checkOnline asks the Sources of these names, or all, once, and reports what they
// answer.
func (a *app) checkOnline(ctx context.Context, name string, c *config, names []string, asJSON bool) error {
	sources, err := choose(c.Sources, names)
	if err != nil {
		return err
	}
	log := slog.New(slog.DiscardHandler)
	if a.verbose {
		log = newLogger(a.stderr, true, c.Zone)
	}
	poller := fetcher.New(nil, a.pollOptions(c), log) // nothing is recorded
	defer poller.Close()
	findings, err := inspectAll(ctx, poller, sources, a.progress(len(sources)))
	if err != nil {
		return errors.Join(errors.New("stopped before every source was asked"), err)
	}
	return a.report(name, findings, c.Zone, asJSON)
}

// inspectAll asks each Source once, and calls step after each.
func inspectAll(ctx context.Context, p *fetcher.Poller, sources []sourceConfig, step func()) ([]finding, error) {
	findings := make([]finding, len(sources))
	errs := make([]error, len(sources))
	askAll(sources, step, func(i int) {
		in, err := p.Inspect(ctx, sources[i].timed())
		findings[i], errs[i] = find(sources[i], in), err
	})
	reached := false
	for _, f := range findings {
		reached = reached || f.Status != 0
	}
	for i := range findings {
		if f := &findings[i]; f.Result == feed.Offline && reached {
			f.Result = feed.Unreachable // then the network is not at fault
		}
	}
	return findings, errors.Join(errs...)
}

package main

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"newswired/feed"
	"newswired/fetcher"
	"newswired/store"
)

// An alerter tells the operator, once, that something is wrong that time alone does
// not mend, and once that it is over: in the log, in the database, in a feed, and by
// a command.
type alerter struct {
	store *store.Store
	log   *slog.Logger
	look  func(context.Context, *config, time.Time) ([]feed.Trouble, error) // what is wrong at a time

	generation atomic.Uint64 // rises with each change of what Alerts returns

	// Of watch, whose calls do not overlap:
	alarm   feed.Alarm
	loaded  bool
	untold  []feed.Alert  // what the command does not know yet
	command []string      // the one of the last call
	retry   time.Time     // when the command is tried again, if it failed
	wait    time.Duration // how long was waited for that

	mu      sync.Mutex
	unsaved []feed.Alert // what could not be stored yet
}

// alertsShown is how many Alerts the feed has.
const alertsShown = 100

// watch looks what is wrong, and tells what changed. Its calls must not overlap.
func (a *alerter) watch(ctx context.Context, c *config) {
	now := time.Now()
	err := a.load(ctx)
	if err == nil {
		var wrong []feed.Trouble
		wrong, err = a.look(ctx, c, now)
		if err != nil { // nothing new is known of any Source: each is as it was
			wrong = append(wrong, a.alarm.OfSources()...)
		}
		began, ended := a.alarm.Note(wrong, now)
		a.logChanges(began, ended)
		changed := slices.Concat(began, ended)
		a.keep(changed)
		a.untold = newest(append(a.untold, changed...))
	}
	if err != nil && !fetcher.Cancelled(err) {
		a.log.Error("sources not looked at for alerts", "err", err)
	}
	a.save(ctx) // the command may take its time, or we end
	a.tell(ctx, c.OnAlert, now)
	a.save(ctx)
}

// keep adds what is to be stored.
func (a *alerter) keep(changed []feed.Alert) {
	if len(changed) == 0 {
		return
	}
	a.mu.Lock()
	a.unsaved = newest(append(a.unsaved, changed...))
	a.mu.Unlock()
	a.generation.Add(1)
}

// load reads once which Alerts last and which are still to be told.
func (a *alerter) load(ctx context.Context) error {
	if a.loaded {
		return nil
	}
	pending, err := a.store.PendingAlerts(ctx)
	if err != nil {
		return err
	}
	for _, p := range pending {
		if p.Ended.IsZero() {
			a.alarm.Open = append(a.alarm.Open, p)
		}
		if !p.Told {
			a.untold = append(a.untold, p)
		}
	}
	a.loaded = true
	return nil
}

// logChanges says what was not said when it happened: what Sources and the file do,
// the log has line by line.
func (a *alerter) logChanges(began, ended []feed.Alert) {
	for _, x := range began {
		a.log.Warn("alert", "kind", x.Kind, "says", x.Says, "advice", x.Advice)
	}
	for _, x := range ended {
		a.log.Info("alert is over", "kind", x.Kind, "says", x.Says, "lasted", x.Ended.Sub(x.Since).Round(time.Minute))
	}
}

// tell runs the operator's command with all that it does not know. If it fails it is
// run again, after a minute, two, four and so on, an hour at most; another one at
// once. Without a command there is nobody to tell.
func (a *alerter) tell(ctx context.Context, command []string, now time.Time) {
	if !slices.Equal(command, a.command) {
		a.command, a.retry, a.wait = command, time.Time{}, 0
	}
	if len(a.untold) == 0 || now.Before(a.retry) {
		return
	}
	var err error
	if len(command) > 0 {
		err = runAlert(ctx, command, a.untold)
	}
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		a.wait = min(max(time.Minute, 2*a.wait), time.Hour)
		a.retry = now.Add(a.wait)
		a.log.Error("on_alert failed", "err", err, "again", a.retry, "alerts", len(a.untold))
		return
	}
	if len(command) > 0 {
		a.log.Info("on_alert told", "alerts", len(a.untold))
	}
	for i := range a.untold {
		a.untold[i].Told = true
	}
	a.keep(a.untold)
	a.untold, a.wait = nil, 0
}

// save stores what is not stored yet; what cannot be, the next time. Only then does
// a restart not tell it again.
func (a *alerter) save(ctx context.Context) {
	a.mu.Lock()
	unsaved := slices.Clone(a.unsaved)
	a.mu.Unlock()
	if len(unsaved) == 0 || a.store.Writable(ctx, time.Now()) != nil {
		return
	}
	if err := a.store.SaveAlerts(ctx, unsaved); err != nil {
		if !fetcher.Cancelled(err) {
			a.log.Error("alerts not stored", "err", err)
		}
		return
	}
	a.mu.Lock()
	a.unsaved = nil // keep and save are called by watch alone
	a.mu.Unlock()
}

// newest leaves of each Alert the way in which it stands last: one that began and
// ended before it could be told is told once.
func newest(all []feed.Alert) []feed.Alert {
	type name struct {
		kind, source string
		began        int64
	}
	var kept []feed.Alert
	at := make(map[name]int, len(all))
	for _, x := range all {
		key := name{x.Kind, x.Source, x.Began.Unix()} // whole seconds
		if i, known := at[key]; known {
			kept[i] = x
			continue
		}
		at[key] = len(kept)
		kept = append(kept, x)
	}
	return kept
}

// Alerts returns the Alerts that changed last, those that could not be stored included.
func (a *alerter) Alerts(ctx context.Context) ([]feed.Alert, error) {
	stored, err := a.store.Alerts(ctx, alertsShown)
	if err != nil {
		return nil, err
	}
	slices.Reverse(stored)
	a.mu.Lock()
	defer a.mu.Unlock()
	all := newest(append(stored, a.unsaved...))
	return all[max(0, len(all)-alertsShown):], nil
}

package main

import (
	"context"
	"fmt"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
)

// notifySystemd tells systemd our state; without one it does nothing
// (sd_notify(3)). A lost message is no reason to stop.
func notifySystemd(state string) { daemon.SdNotify(false, state) }

// reloading tells systemd that a reload began; READY=1 ends it.
func reloading() {
	notifySystemd("RELOADING=1\n" + daemon.SdNotifyMonotonicUsec())
}

// watchdog returns a channel that ticks when systemd wants a sign of life, at
// twice the rate it asks for; one that never ticks if it does not.
func watchdog() (<-chan time.Time, func()) {
	interval, err := daemon.SdWatchdogEnabled(false)
	if err != nil || interval <= 0 {
		return nil, func() {}
	}
	t := time.NewTicker(interval / 2)
	return t.C, t.Stop
}

// feedWatchdog gives the sign of life, if we do live.
func (d *server) feedWatchdog(ctx context.Context) {
	if err := d.alive(ctx); err != nil {
		d.log.Error("not alive", "err", err)
		return
	}
	notifySystemd("WATCHDOG=1")
}

// notify tells systemd a state, and in words how we are.
func (d *server) notify(ctx context.Context, state string) {
	counts, err := d.store.Counts(ctx)
	if err != nil {
		d.log.Error("not counted", "err", err)
		notifySystemd(state) // systemd waits for it
		return
	}
	status := fmt.Sprintf("STATUS=%d %s, %d failing; %d articles in %d stories", counts.Sources, plural(counts.Sources, "source"), counts.Failing, counts.Articles, counts.Stories)
	if d.follow.offline.Load() {
		status += "; no network"
	}
	if d.follow.unwritten.Load() {
		status += "; the database cannot be written"
	}
	if state != "" {
		status = state + "\n" + status
	}
	notifySystemd(status)
}

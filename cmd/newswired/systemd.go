package main

import (
	"context"
	"fmt"
	"net"
	"time"

	"github.com/coreos/go-systemd/v22/activation"
	"github.com/coreos/go-systemd/v22/daemon"

	"newswired/feed"
)

// listen returns the socket that systemd holds for us (sd_listen_fds(3)), so that
// no request is lost while we restart, else one of our own at the address.
func listen(address string) (net.Listener, error) {
	given, err := activation.Listeners()
	switch {
	case err != nil:
		return nil, err
	case len(given) == 0:
		return listenAt(address)
	case len(given) > 1 || given[0] == nil:
		return nil, fmt.Errorf("systemd passes %d sockets, of which one must be a stream: leave one ListenStream= in newswired.socket", len(given))
	}
	return given[0], nil
}

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
	err := d.alive(ctx)
	if err != nil {
		d.log.Error("not alive", "err", err)
	}
	if d.bearable(err) {
		notifySystemd("WATCHDOG=1")
	}
}

// notify tells systemd a state, and in words how we are.
func (d *server) notify(ctx context.Context, state string) {
	counts, err := d.store.Counts(ctx)
	if err != nil {
		if ctx.Err() == nil {
			d.log.Error("not counted", "err", err)
		}
		notifySystemd(state) // systemd waits for it
		return
	}
	d.counts.Store(&counts)
	status := fmt.Sprintf("STATUS=%s, %d failing; %d articles in %d stories", feed.Counted(counts.Sources, "source"), counts.Failing, counts.Articles, counts.Stories)
	if d.follow.offline.Load() {
		status += "; no network"
	}
	if d.follow.unwritten.Load() {
		status += "; the database cannot be written"
	}
	if d.follow.refused.Load() {
		status += "; configuration refused, the old one goes on"
	}
	if state != "" {
		status = state + "\n" + status
	}
	notifySystemd(status)
}

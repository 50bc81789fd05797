package websub

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"newswired/feed"
)

const (
	hubsAtOnce = 8                   // that are asked, each for one thing at a time
	wishLease  = 10 * 24 * time.Hour // what is asked for; the hub decides
)

// Tend makes the Subscriptions what they ought to be, and asks the hubs for
// what is due. It is to be called every few seconds: without hubs it reads nothing
// until the store changes, else two small tables.
func (s *Subscriber) Tend(ctx context.Context) {
	generation := s.store.Generation()
	if generation == s.hubless.Load() {
		return
	}
	stored, err := s.tendAll(ctx)
	if err != nil {
		if ctx.Err() == nil {
			s.log.Error("subscriptions not tended", "err", err)
		}
		return
	}
	if len(stored) == 0 {
		s.hubless.Store(generation)
	}
	s.askAll(ctx, stored)
}

// tendAll tends to every Source, and returns what is stored then, with a list
// for each that has Subscriptions or names a hub.
func (s *Subscriber) tendAll(ctx context.Context) (map[string][]feed.Subscription, error) {
	setup := s.setup.Load()
	stored, err := s.bySource(ctx)
	if err != nil {
		return nil, err
	}
	pushes, err := s.store.Pushes(ctx)
	if err != nil {
		return nil, err
	}
	for name := range pushes {
		stored[name] = stored[name][:len(stored[name]):len(stored[name])] // also of those that have none yet
	}
	changed := false
	for name, all := range stored {
		tended, fail := s.tendSource(ctx, setup, name, setup.want(name, pushes[name]), all)
		changed, err = changed || tended, errors.Join(err, fail)
	}
	if err == nil && changed {
		return s.bySource(ctx)
	}
	return stored, err
}

// bySource returns what is stored.
func (s *Subscriber) bySource(ctx context.Context) (map[string][]feed.Subscription, error) {
	all, err := s.store.Subscriptions(ctx)
	stored := make(map[string][]feed.Subscription)
	for _, sub := range all {
		stored[sub.Source] = append(stored[sub.Source], sub)
	}
	return stored, err
}

// want returns what Subscriptions a Source ought to have.
func (s *Setup) want(name string, p feed.Push) feed.Want {
	src, configured := s.Sources[name]
	if s.Base == "" || !configured || src.NoPush {
		return feed.Want{}
	}
	return feed.Want{Hubs: p.Usable(s.Base, s.Ours), Topic: p.Topic, Base: s.Base}
}

// tendSource tends to one Source. Most have nothing to be changed, and are not
// written.
func (s *Subscriber) tendSource(ctx context.Context, setup *Setup, name string, w feed.Want, all []feed.Subscription) (changed bool, err error) {
	now := time.Now()
	if slices.Equal(feed.Tend(name, w, all, now), all) {
		return false, nil
	}
	return true, s.store.ChangeSubscriptions(ctx, name, now, func(all []feed.Subscription) []feed.Subscription {
		next := feed.Tend(name, w, all, now)
		for i := range next {
			if sub := &next[i]; sub.ID == 0 {
				sub.Token = rand.Text()
				if feed.Confidential(sub.Hub, setup.Ours) {
					sub.Secret = rand.Text() + rand.Text()
				}
				continue
			}
			s.logTended(all[i], next[i])
		}
		return next
	})
}

// logTended says what became of a Subscription.
func (s *Subscriber) logTended(before, after feed.Subscription) {
	log := s.log.With("source", after.Source, "hub", after.Hub)
	switch {
	case after.Missed > before.Missed:
		log.Warn("hub did not deliver what a poll found, polling on schedule", "missed", after.Missed)
	case after.Failures > before.Failures && before.Failures == 0:
		log.Warn("subscription failed", "err", after.Error, "next", after.Due.Format(time.RFC3339))
	case before.State == feed.Live && after.State == feed.Over:
		log.Warn("lease ended, polling on schedule", "lease", before.LeaseUntil.Format(time.RFC3339))
	case after.State == feed.Unwanted && before.State != feed.Unwanted:
		log.Info("unsubscribing")
	}
}

// askAll asks all hubs at a time, but each host for one thing after another.
func (s *Subscriber) askAll(ctx context.Context, stored map[string][]feed.Subscription) {
	now := time.Now()
	due := make(map[string][]feed.Subscription)
	for _, all := range stored {
		for _, sub := range all {
			if (sub.State == feed.Pending || sub.Leaves()) && !now.Before(sub.Due) {
				host := feed.HostPort(sub.Hub)
				due[host] = append(due[host], sub)
			}
		}
	}
	for _, subs := range due { // whoever moves to another topic loses less that way
		slices.SortStableFunc(subs, func(a, b feed.Subscription) int { return cmp.Compare(leaves(a), leaves(b)) })
	}
	free := make(chan struct{}, hubsAtOnce)
	var asked sync.WaitGroup
	for host, subs := range due {
		free <- struct{}{}
		asked.Go(func() {
			defer func() { <-free }()
			s.askHost(ctx, host, subs)
		})
	}
	asked.Wait()
}

// leaves orders what is to be ended after what is to begin.
func leaves(sub feed.Subscription) int {
	if sub.Leaves() {
		return 1
	}
	return 0
}

// askHost asks one host, until it fails to answer or wants to be left alone.
func (s *Subscriber) askHost(ctx context.Context, host string, due []feed.Subscription) {
	s.mu.Lock()
	quiet := s.quiet[host].After(time.Now())
	s.mu.Unlock()
	for _, sub := range due {
		if quiet || ctx.Err() != nil {
			return
		}
		var err error
		if quiet, err = s.ask(ctx, host, sub); err != nil && ctx.Err() == nil {
			s.log.Error("hub not asked", "source", sub.Source, "hub", sub.Hub, "err", err)
			return
		}
	}
}

// ask sends one request (WebSub section 5.1), and reports whether the host had
// better not be asked for more now. What became of it is stored: a hub may have
// verified before it answers.
func (s *Subscriber) ask(ctx context.Context, host string, sub feed.Subscription) (quiet bool, err error) {
	form := url.Values{"hub.mode": {"subscribe"}, "hub.topic": {sub.Topic}, "hub.callback": {sub.Callback()}}
	switch {
	case sub.Leaves():
		form.Set("hub.mode", "unsubscribe")
	default:
		form.Set("hub.lease_seconds", strconv.Itoa(int(wishLease.Seconds())))
		if sub.Secret != "" {
			form.Set("hub.secret", sub.Secret)
		}
	}
	reply, err := s.setup.Load().Poller.Post(ctx, sub.Hub, form)
	if err != nil {
		return true, err
	}
	now := time.Now()
	log := s.log.With("source", sub.Source, "hub", sub.Hub, "mode", form.Get("hub.mode"))
	if reply.RetryAfter > 0 {
		s.mu.Lock()
		s.quiet[host] = now.Add(min(reply.RetryAfter, feed.MaxRetryAfter))
		s.mu.Unlock()
	}
	was := sub
	return reply.Kind != feed.OK && reply.Status/100 != 4 || reply.RetryAfter > 0, s.change(ctx, sub, func(sub *feed.Subscription) {
		switch {
		case sub.State != was.State || sub.Failures != was.Failures: // it was verified or denied already
		case reply.Kind == feed.OK:
			sub.Accept(now)
			log.Debug("hub asked", "status", reply.Status)
		case reply.Kind == feed.Offline:
			log.Debug("no network", "err", reply.Error)
		default:
			sub.Fail(reply.Error, reply.RetryAfter, now)
			if was.Failures == 0 {
				log.Warn("hub refuses", "kind", reply.Kind, "err", reply.Error, "next", sub.Due.Format(time.RFC3339))
			}
		}
	})
}

package store

import (
	"context"
	"fmt"
	"time"

	"newswired/feed"
)

// SubscribersOwed returns those that were not told of their Feed's last change,
// may be told now, and whose lease lives.
func (s *Store) SubscribersOwed(ctx context.Context, now time.Time) ([]feed.Subscriber, error) {
	var all []feed.Subscriber
	err := s.read.each(ctx, "select_subscribers_owed", func(r rows) error {
		var x feed.Subscriber
		var lease, told, due int64
		err := r.Scan(&x.Callback, &x.Topic, &x.Feed, &x.Secret, &lease, &told, &due, &x.Failures, &x.Error)
		x.LeaseUntil, x.Told, x.Due = at(lease), at(told), at(due)
		all = append(all, x)
		return err
	}, millis(now))
	return all, err
}

// SubscriberCounts returns how many Subscribers there are beside a given one, in
// all and with a callback at the same host:port.
func (s *Store) SubscriberCounts(ctx context.Context, x feed.Subscriber, now time.Time) (all, host int, err error) {
	row := s.read.row(ctx, "select_subscriber_counts", feed.HostPort(x.Callback), x.Callback, x.Topic, millis(now))
	if err := row.Scan(&all, &host); err != nil {
		return 0, 0, fmt.Errorf("count subscribers: %w", err)
	}
	return all, host, nil
}

// Subscribers returns what our hub has of each Feed that anybody subscribed to,
// by its name.
func (s *Store) Subscribers(ctx context.Context, now time.Time) ([]feed.SubscriberStatus, error) {
	var all []feed.SubscriberStatus
	err := s.read.each(ctx, "select_subscribers", func(r rows) error {
		var x feed.SubscriberStatus
		err := r.Scan(&x.Feed, &x.Subscribers, &x.Failing, &x.Error)
		all = append(all, x)
		return err
	}, millis(now))
	return all, err
}

// Subscribe adds a Subscriber, or replaces the one of its callback and topic. A
// new one counts as told of all there is.
func (s *Store) Subscribe(ctx context.Context, x feed.Subscriber) error {
	return s.do(ctx, "upsert_subscriber", x.Callback, x.Topic, x.Feed, feed.HostPort(x.Callback), x.Secret, millis(x.LeaseUntil))
}

// Unsubscribe removes a Subscriber, if it is there.
func (s *Store) Unsubscribe(ctx context.Context, callback, topic string) error {
	return s.do(ctx, "delete_subscriber", callback, topic)
}

// NoteSubscriber stores the Telling of a Subscriber that is still there.
func (s *Store) NoteSubscriber(ctx context.Context, x feed.Subscriber) error {
	return s.do(ctx, "update_subscriber", x.Callback, x.Topic, millis(x.Told), millis(x.Due), x.Failures, x.Error)
}

// EndLeases removes the Subscribers whose lease has ended.
func (s *Store) EndLeases(ctx context.Context, now time.Time) error {
	return s.do(ctx, "delete_subscribers_ended", millis(now))
}

// PingsOwed returns the configured Feeds of whose last change a hub was not told,
// and may be told now.
func (s *Store) PingsOwed(ctx context.Context, hub string, now time.Time) ([]feed.Ping, error) {
	var all []feed.Ping
	err := s.read.each(ctx, "select_pings_owed", func(r rows) error {
		p := feed.Ping{Hub: hub}
		var changed, told, due int64
		err := r.Scan(&p.Feed, &changed, &told, &due, &p.Failures, &p.Error)
		p.Changed, p.Told, p.Due = at(changed), at(told), at(due)
		all = append(all, p)
		return err
	}, hub, millis(now))
	return all, err
}

// NotePing stores the Telling of a Ping.
func (s *Store) NotePing(ctx context.Context, p feed.Ping) error {
	return s.do(ctx, "upsert_ping", p.Hub, p.Feed, millis(p.Told), millis(p.Due), p.Failures, p.Error)
}

// do runs one statement in a transaction of its own. It changes nothing for
// which a page would be rendered anew at once.
func (s *Store) do(ctx context.Context, name string, args ...any) error {
	return s.update(ctx, func(t *tx) error {
		_, err := t.exec(name, args...)
		return err
	})
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"newswired/feed"
)

// Pushes returns who tells of the news of the configured Sources, by name, for
// those that say so.
func (s *Store) Pushes(ctx context.Context) (map[string]feed.Push, error) {
	all := make(map[string]feed.Push)
	err := s.read.each(ctx, "select_pushes", func(r rows) error {
		var name string
		var text []byte
		var p feed.Push
		err := r.Scan(&name, &text)
		if err == nil {
			err = fromJSON(text, &p)
		}
		all[name] = p
		return err
	})
	return all, err
}

// Subscriptions returns all that are stored, those of a Source together.
func (s *Store) Subscriptions(ctx context.Context) ([]feed.Subscription, error) {
	var all []feed.Subscription
	return all, s.read.each(ctx, "select_subscriptions", into(&all))
}

// Subscription returns the one that a callback belongs to; found is false if
// there is none.
func (s *Store) Subscription(ctx context.Context, token string) (sub feed.Subscription, found bool, err error) {
	err = scanSubscription(s.read.row(ctx, "select_subscription_by_token", token), &sub)
	if errors.Is(err, sql.ErrNoRows) {
		return feed.Subscription{}, false, nil
	}
	if err != nil {
		return feed.Subscription{}, false, fmt.Errorf("select subscription: %w", err)
	}
	return sub, true, nil
}

// ChangeSubscriptions gives a function the Subscriptions of a Source and stores
// what it returns, which must be all of them, in one transaction: those without
// an ID are added, those that are Over are removed. With them the Source's next
// poll is put off or brought forward, as its hub is trusted or not.
func (s *Store) ChangeSubscriptions(ctx context.Context, source string, now time.Time, change func([]feed.Subscription) []feed.Subscription) error {
	err := s.update(ctx, func(t *tx) error {
		var before []feed.Subscription
		if err := t.each("select_subscriptions_of", into(&before), source); err != nil {
			return err
		}
		var trusted feed.Subscription
		for _, sub := range change(slices.Clone(before)) {
			if err := t.saveSubscription(&sub, before); err != nil {
				return err
			}
			if sub.Trusted() && sub.LeaseUntil.After(trusted.LeaseUntil) {
				trusted = sub
			}
		}
		if !trusted.Trusted() {
			_, err := t.exec("free_source", source, millis(now))
			return err
		}
		_, err := t.exec("hold_source", source, feed.SlowPoll.Milliseconds(), millis(trusted.LeaseUntil), millis(trusted.Since))
		return err
	})
	if err != nil {
		return fmt.Errorf("change subscriptions of %s: %w", source, err)
	}
	s.generation.Add(1)
	return nil
}

// saveSubscription writes one if it is another than before.
func (t *tx) saveSubscription(sub *feed.Subscription, before []feed.Subscription) error {
	state := []any{string(sub.State), millis(sub.Due), nullMillis(sub.LeaseUntil), nullMillis(sub.Since), sub.Failures, sub.Error,
		nullMillis(sub.Delivered), sub.Deliveries, sub.Dropped, sub.Proved, sub.Missed, nullMillis(sub.Owed), sub.Trusted()}
	var err error
	switch {
	case sub.ID == 0 && sub.State == feed.Over || slices.Contains(before, *sub):
	case sub.ID == 0:
		_, err = t.exec("insert_subscription", append([]any{sub.Source, sub.Base, sub.Token, sub.Hub, sub.Topic, sub.Secret}, state...)...)
	case sub.State == feed.Over:
		_, err = t.exec("delete_subscription", sub.ID)
	default:
		_, err = t.exec("update_subscription", append([]any{sub.ID}, state...)...)
	}
	return err
}

// ExcuseHubs notes that nobody could reach us until now: what hubs had to
// deliver meanwhile they do not owe, and the polls that wait for it wait no
// longer.
func (s *Store) ExcuseHubs(ctx context.Context, now time.Time) error {
	err := s.update(ctx, func(t *tx) error {
		if _, err := t.exec("excuse_subscriptions", millis(now)); err != nil {
			return err
		}
		_, err := t.exec("free_sources")
		return err
	})
	if err != nil {
		return fmt.Errorf("excuse hubs: %w", err)
	}
	return nil
}

// into returns what adds a row to a list.
func into(all *[]feed.Subscription) func(rows) error {
	return func(r rows) error {
		var sub feed.Subscription
		err := scanSubscription(r, &sub)
		*all = append(*all, sub)
		return err
	}
}

// scanSubscription reads the columns that the three statements have in common.
func scanSubscription(r interface{ Scan(...any) error }, s *feed.Subscription) error {
	var due int64
	var lease, since, delivered, owed sql.NullInt64
	err := r.Scan(&s.ID, &s.Source, &s.Base, &s.Token, &s.Hub, &s.Topic, &s.Secret, &s.State, &due, &lease, &since, &s.Failures, &s.Error,
		&delivered, &s.Deliveries, &s.Dropped, &s.Proved, &s.Missed, &owed)
	s.Due, s.LeaseUntil, s.Since, s.Delivered, s.Owed = at(due), moment(lease), moment(since), moment(delivered), moment(owed)
	return err
}

package feed

import (
	"slices"
	"time"
)

// A Want is what Subscriptions a Source ought to have.
type Want struct {
	Hubs  []string // that may be asked, the best first; none: it is not to be pushed
	Topic string
	Base  string // of callbacks
}

// Tend decides what becomes of the Subscriptions of one Source: whether there
// ought to be another, whether one has to be ended, what a hub did not do. The
// result has all that are kept, those to be forgotten as Over, and new ones
// without ID, Token and Secret. What is due then is for whoever asks the hubs.
//
//	none, and a hub is wanted                      a new one
//	another hub, topic or callback is wanted       Unwanted; forgotten if the hub never knew of it
//	accepted, but not verified in time             a failure
//	failed, and there is another hub               that one is asked
//	live and due                                   a new one; this one stays until that is verified
//	verified twice                                 the older is Replaced
//	the lease is over                              forgotten
//	owed for some minutes                          missed: no trust, and a new one
//	to be ended, and asked for often enough        forgotten
func Tend(source string, w Want, all []Subscription, now time.Time) []Subscription {
	next := slices.Clone(all)
	for i := range next {
		next[i].tend(w, now)
	}
	newest := -1 // of those that are live
	for i := range next {
		if next[i].State == Live && (newest < 0 || next[i].ID > next[newest].ID) {
			newest = i
		}
	}
	for i := range next {
		if next[i].State == Live && i != newest {
			next[i].State, next[i].Due, next[i].Failures = Replaced, now, 0
		}
	}
	coming := slices.IndexFunc(next, func(s Subscription) bool { return s.State == Pending || s.State == Asked })
	switch {
	case len(w.Hubs) == 0:
	case newest >= 0 && coming < 0:
		if live := &next[newest]; !now.Before(live.Due) {
			next = append(next, live.successor(w, live.Hub, now))
		}
	case newest < 0 && coming < 0:
		next = append(next, Subscription{Source: source, Base: w.Base, Hub: w.Hubs[0], Topic: w.Topic, State: Pending, Due: now})
	case coming >= 0 && next[coming].turnsAway(w, now):
		former := &next[coming]
		i := slices.Index(w.Hubs, former.Hub)
		other := former.successor(w, w.Hubs[(i+1)%len(w.Hubs)], former.Due)
		other.Failures, other.Error = former.Failures, former.Error
		former.State = Over
		next = append(next, other)
	}
	return next
}

// tend decides about one Subscription, whatever the others are.
func (s *Subscription) tend(w Want, now time.Time) {
	wanted := s.Topic == w.Topic && s.Base == w.Base && slices.Contains(w.Hubs, s.Hub)
	if !wanted && !s.Leaves() {
		s.leave(now)
	}
	switch {
	case s.State == Asked && !now.Before(s.Due):
		s.Fail("the hub took the request, but never verified it at "+CallbackPath+"; can it reach base_url?", 0, now)
	case s.State == Live && !now.Before(s.LeaseUntil):
		s.State = Over
	case s.State == Live && !s.Owed.IsZero() && !now.Before(s.Owed.Add(owedTime)):
		s.Owed, s.Proved, s.Due = time.Time{}, 0, now
		s.Missed++
		s.Error = "the hub did not deliver what a poll found"
	case s.Leaves() && s.Failures >= lastTries, s.Leaves() && now.After(s.LeaseUntil):
		s.State = Over
	}
}

// leave ends what is no longer wanted. A hub that was never asked, or never
// verified, need not be told.
func (s *Subscription) leave(now time.Time) {
	if s.State == Live {
		s.State, s.Due, s.Failures = Unwanted, now, 0
		return
	}
	s.State = Over
}

// turnsAway reports whether another hub is to be asked instead of one that has
// failed and is due again.
func (s *Subscription) turnsAway(w Want, now time.Time) bool {
	return s.State == Pending && s.Failures > 0 && len(w.Hubs) > 1 && !now.Before(s.Due)
}

// successor returns a Subscription that is to take the place of another, and
// what is known of the hub if it is the same.
func (s *Subscription) successor(w Want, hub string, due time.Time) Subscription {
	n := Subscription{Source: s.Source, Base: w.Base, Hub: hub, Topic: w.Topic, State: Pending, Due: due}
	if hub == s.Hub {
		n.Delivered, n.Deliveries, n.Dropped, n.Proved, n.Missed = s.Delivered, s.Deliveries, s.Dropped, s.Proved, s.Missed
	}
	return n
}

package feed

import (
	"errors"
	"time"
)

// ErrOffline is why nobody could be told: the network is ours to mend.
var ErrOffline = errors.New("no network")

// A Subscriber is who asked our hub to be told of changes of an Edition (WebSub
// section 5.1). It is one for each callback and topic.
type Subscriber struct {
	Callback   string    // http or https, where changes are delivered
	Topic      string    // URL of the Edition
	Feed       string    // name of the Feed that the Edition is of
	Secret     string    // by which deliveries are signed; "": they are not
	LeaseUntil time.Time // deliveries end then
	Telling
}

// A SubscriberStatus is how the Subscribers of a Feed fare, those whose lease has
// ended left out.
type SubscriberStatus struct {
	Feed        string `json:"feed"` // its name
	Subscribers int    `json:"subscribers"`
	Failing     int    `json:"failing"`         // of them, those that were told last in vain
	Error       string `json:"error,omitempty"` // why, of one of these: host:port and the reason
}

// A Ping is what a hub of others was told of a Feed.
type Ping struct {
	Hub     string
	Feed    string
	Changed time.Time // when the Feed last changed
	Telling
}

// A Telling is how far somebody was told of a Feed's changes. Whoever could not
// be told of one is told of the newest only.
type Telling struct {
	Told     time.Time // the last change that arrived; zero if none did
	Due      time.Time // when to tell again, at the earliest
	Failures int       // in a row
	Error    string    // of the last failure; "" after a success
}

// Bounds of our hub.
const (
	UsualHubLease = 10 * 24 * time.Hour // "a good default" (WebSub section 5.1)
	MinHubLease   = time.Hour
	MaxHubLease   = 30 * 24 * time.Hour

	MaxSubscribers     = 10_000 // in all
	MaxHostSubscribers = 200    // whose callbacks are at one host:port
)

// HubLease returns the lease that a Subscriber gets who asks for one; 0 stands
// for nothing asked.
func HubLease(asked time.Duration) time.Duration {
	if asked <= 0 {
		return UsualHubLease
	}
	return min(max(asked, MinHubLease), MaxHubLease)
}

// Tell notes that somebody was told of a change, and lets those that follow
// within a pause come together.
func (t *Telling) Tell(changed, now time.Time, pause time.Duration) {
	*t = Telling{Told: changed, Due: now.Add(pause)}
}

// Fail notes that somebody could not be told, and when to try again: after 1, 5
// and 30 minutes, 2 hours, then every 6 hours, and not before they want it.
func (t *Telling) Fail(why string, retryAfter time.Duration, now time.Time) {
	waits := [...]time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour}
	wait := max(waits[min(t.Failures, len(waits)-1)], min(retryAfter, MaxRetryAfter))
	t.Failures, t.Error, t.Due = t.Failures+1, why, now.Add(wait)
}

// Wait notes that nobody could be told, for which nobody is to blame, and to try
// again in a minute.
func (t *Telling) Wait(now time.Time) { t.Due = now.Add(time.Minute) }

package feed

import "time"

// A SubscriptionState is how far a Subscription has come.
type SubscriptionState string

// The states. What has none is to be forgotten.
const (
	Pending  SubscriptionState = "pending"  // the hub is to be asked when it is due
	Asked    SubscriptionState = "asked"    // the hub said yes, and has to verify it before it is due
	Live     SubscriptionState = "live"     // verified; to be renewed when it is due
	Replaced SubscriptionState = "replaced" // renewed by another; what still comes by it is taken, and it is ended when due
	Unwanted SubscriptionState = "unwanted" // likewise ended, and what comes by it is refused
	Over     SubscriptionState = ""
)

// A Subscription is one callback at one hub for the Document of one Source
// (WebSub section 5). A renewal is another one, with a callback of its own.
//
// A hub that verifies is not yet one that delivers. It is trusted after its
// first delivery, and then the Source is polled slowly. News that a poll finds
// first is owed: if no delivery follows within minutes, the trust is gone, the
// hub is subscribed to anew, and has to prove itself twice as often as before.
type Subscription struct {
	ID         int64 // 0: not stored yet
	Source     string
	Base       string // of the callback: where readers reach us
	Token      string // the end of the callback, which nobody can guess
	Hub, Topic string
	Secret     string // of the signatures; "" if there is none
	State      SubscriptionState
	Due        time.Time // when something has to be done about it
	LeaseUntil time.Time // zero if it was never verified
	Since      time.Time // from when on the hub owes what is new
	Failures   int       // in a row, of asking
	Error      string    // the last of them; "" if none
	Delivered  time.Time // when the hub last delivered; zero if never
	Deliveries int       // with a valid signature
	Dropped    int       // deliveries without a valid signature
	Proved     int       // deliveries since it was last Missed
	Missed     int       // how often it did not deliver
	Owed       time.Time // when a poll found news that it had not delivered; zero if none is owed
}

const (
	// SlowPoll is how long a Source is left alone whose hub is trusted.
	SlowPoll = time.Hour
	// DefaultLease is how long a hub delivers that does not say so, though it must.
	DefaultLease = 24 * time.Hour
	// MaxLease bounds what a hub says, so that nothing is taken for granted for ever.
	MaxLease = 366 * 24 * time.Hour

	verifyTime    = 10 * time.Minute // a hub verifies at once, or from a queue
	owedTime      = 5 * time.Minute  // within which a trusted hub delivers
	afterDenial   = 24 * time.Hour
	firstHubPause = 5 * time.Minute // after a hub's first failure; doubled with each
	lastTries     = 3               // to end a Subscription; after that its lease does
)

// Callback is the URL that the hub is given.
func (s *Subscription) Callback() string { return s.Base + CallbackPath + s.Token }

// CallbackPath is what the paths of all callbacks begin with.
const CallbackPath = "/websub/"

// Takes reports whether deliveries are taken.
func (s *Subscription) Takes() bool { return s.State == Live || s.State == Replaced }

// Leaves reports whether it is to be ended.
func (s *Subscription) Leaves() bool { return s.State == Replaced || s.State == Unwanted }

// Trusted reports whether its Source may be polled slowly.
//
//	live, delivered once                     yes
//	missed once, delivered once since        no
//	missed once, delivered twice since       yes
//	missed six times and more                after 64 deliveries
func (s *Subscription) Trusted() bool {
	return s.State == Live && s.Owed.IsZero() && s.Proved >= 1<<min(s.Missed, 6)
}

// Accept notes that the hub took the request.
func (s *Subscription) Accept(now time.Time) {
	switch s.State {
	case Pending:
		s.State, s.Due = Asked, now.Add(verifyTime)
	case Replaced, Unwanted:
		s.Due = now.Add(verifyTime)
		s.Failures++ // until it verifies, which ends it
	}
}

// Verify notes that the hub has verified, and delivers for a time, the hub's
// figure. It is renewed after 80 to 90 % of that, by a jitter from 0 to 1.
func (s *Subscription) Verify(lease time.Duration, now time.Time, jitter float64) {
	if lease <= 0 {
		lease = DefaultLease
	}
	lease = min(lease, MaxLease)
	if s.State != Live {
		s.Since = now
	}
	s.State, s.LeaseUntil, s.Failures, s.Error = Live, now.Add(lease), 0, ""
	s.Due = now.Add(time.Duration(float64(lease) * (0.8 + jitter/10)))
}

// Fail notes that the hub did not do what it was asked to, and may not be asked
// again for a time, which its Retry-After may make longer.
func (s *Subscription) Fail(why string, retryAfter time.Duration, now time.Time) {
	s.Failures++
	s.Error = why
	s.Due = now.Add(max(hubPause(s.Failures), min(retryAfter, MaxRetryAfter)))
	if !s.Leaves() {
		s.State = Pending
	}
}

// Deny notes that the hub refused or ended the Subscription (WebSub section
// 5.2): the Source is polled as if there were none.
func (s *Subscription) Deny(why string, now time.Time) {
	if s.Leaves() {
		s.State = Over
		return
	}
	s.Failures++
	s.State, s.Error, s.LeaseUntil = Pending, why, time.Time{}
	s.Due = now.Add(max(afterDenial, hubPause(s.Failures)))
}

// hubPause is 5 minutes, doubled with each failure in a row, at most a day.
func hubPause(failures int) time.Duration {
	return min(firstHubPause<<min(max(failures-1, 0), 10), MaxHint)
}

// Deliver notes a delivery with a valid signature.
func (s *Subscription) Deliver(now time.Time) {
	s.Delivered, s.Owed = now, time.Time{}
	s.Deliveries++
	s.Proved++
}

// Lose notes a delivery that could not be taken: a poll has to make up for it.
func (s *Subscription) Lose(now time.Time) {
	if s.Owed.IsZero() {
		s.Owed = now
	}
}

package feed

import (
	"fmt"
	"time"
)

// A Kind of failure; "" is success.
type Kind string

// The kinds of failure, few enough to be counted and alerted on.
const (
	OK          Kind = ""
	Offline     Kind = "offline"       // nothing at all could be reached: the network is ours
	Unreachable Kind = "unreachable"   // no connection to this server
	Timeout     Kind = "timeout"       // it took longer than we wait
	Forbidden   Kind = "forbidden"     // an address that the configuration does not allow
	BadStatus   Kind = "status"        // an answer that is neither a Document nor "not modified"
	TooLarge    Kind = "too large"     // a bound was hit
	Truncated   Kind = "truncated"     // the connection ended before the body did
	NotAFeed    Kind = "not a feed"    // a body that is no feed, or one beyond repair
	Panicked    Kind = "panic"         // our own fault: reading the Document panicked
	Gone        Kind = "gone"          // 410: the Source is stopped until its URL changes, or a manual poll succeeds
	Keyless     Kind = "no credential" // the Source's credential cannot be had: it was not asked
	Challenge   Kind = "challenge"     // a page that lets only browsers pass
)

// The kinds of failure that only pages of Articles have.
const (
	Disallowed Kind = "robots.txt" // it forbids to fetch the page
	Paywall    Kind = "paywall"    // the text is for subscribers
	Consent    Kind = "consent"    // a page that wants agreement first
	Login      Kind = "login"      // a page that wants a name and a password
	NotHTML    Kind = "not html"   // a picture, a PDF: no page that can be read
	NoText     Kind = "no text"    // a page without an article
	SaysLess   Kind = "says less"  // than the Source itself
	OtherText  Kind = "other text" // than that of the Article
	Expired    Kind = "expired"    // its turn did not come within PageAge
)

// A State is what is known of a Source before it is polled.
type State struct {
	Validators Validators // to be sent with the next request; zero if the server gave none
	Digest     []byte     // of the bytes of the Document last stored; nil if there is none
	Items      []ItemHash // of that Document, those that need not be read again, in rising order
	LastFetch  time.Time  // zero if it was never polled
	NextFetch  time.Time  // not to be polled before; zero if nothing forbids it
	NextReason Reason     // what decided that
	RetryAt    time.Time  // when its server allows the next poll; zero if it did not say
	Failures   int        // in a row
	Offline    bool       // true if it was last tried without a network
	Stopped    bool       // true if it is gone (410)
	Known      bool       // true if a whole Document of it was stored
	Relay      bool       // true if it was taken for a newswired
	Pace       Pace       // of the Document last stored
	Move       Move       // where its URL leads
	Push       Push       // who tells of its news, as it last said
	Trusted    time.Time  // until when a hub is trusted to tell of it; zero if none is
	Rhythm     Rhythm     // of the last days, if that was asked for

	// Busy is when each host:port may be asked again that said 429 (Too Many
	// Requests) to any Source.
	Busy map[string]time.Time
}

// A Poll is the outcome of asking a Source once, ready to be recorded.
type Poll struct {
	Source     string        // its name
	URL        string        // that was asked; "" is not compared with the Source's present one
	Reading    string        // Source.Reading of then
	Started    time.Time     // when its host's turn had come, and it was asked
	Took       time.Duration // from then until it was read and ready to be recorded
	Status     int           // of the answer; 0 if there was none
	Kind       Kind          // OK, or how it failed
	Error      string        // for people; "" if Kind is OK
	Bytes      int64         // of the body, decoded
	Validators Validators
	Digest     []byte    // of the bytes of Document; nil if there is none, or it is to be asked for as if nothing were known
	NextFetch  time.Time // not to be polled before; zero if nothing forbids it
	NextReason Reason    // what decided that
	Sooner     time.Time // instead of NextFetch if it turns out that Articles may have been missed; zero if that changes nothing
	RetryAt    time.Time // when the server allows the next poll (Retry-After)
	Pace       Pace      // of the Document that is stored now
	Move       Move      // where its URL leads, this poll included
	Push       Push      // who tells of its news
	Busy       string    // the host:port that said 429, and is to be left alone until RetryAt; "" if none did
	Document   *Document // nil if there was none, or the one already stored

	// Beside is how many other polls go on: some may be over soon, and recorded
	// together with this one.
	Beside int

	// Pushed is true if a hub delivered it, unasked. Then it tells nothing of what
	// else the Source's Document lists, of its validators or of the next poll.
	Pushed bool
}

// briefArticles is how many Articles a Poll that is brief has at most.
const briefArticles = 4

// Brief reports whether there is little to record: the Source's state, and a few
// Articles. What comes by another newswired is never little.
func (p *Poll) Brief() bool {
	return p.Document == nil || p.Document.Relay == "" && len(p.Document.Articles) <= briefArticles
}

// A PanicError is a fault of ours that something in a Document brought to light.
type PanicError struct {
	Value any    // of the panic
	Stack []byte // where it was
}

// Error says what panicked, without the stack: that is for the log.
func (e *PanicError) Error() string { return fmt.Sprint(e.Value) }

// Recorded counts what a Poll brought.
type Recorded struct {
	New       int // Articles seen for the first time
	Revised   int // Articles whose words changed
	Unchanged int // Articles that are as we knew them
	Refused   int // what did not become an Article

	// Missed is true if nothing that the Document lists was known before, though
	// the Source was: Articles may have come and gone between two polls.
	Missed bool
}

package feed

import (
	"net/http"
	"time"
)

// PageAge is how old an Article may be for its page to be fetched, and how long
// a page may wait for its turn: later nobody asks for the text, and what a
// Source lists when it is polled first would be a burden to its server.
const PageAge = 3 * 24 * time.Hour

// A PageDue is the page of an Article that is to be fetched now.
type PageDue struct {
	Article      int64                // its id
	Seq          int64                // the Revision for which it is fetched
	Source       string               // name of that which published it: west/herald if it came by west, whose full_text it is then
	URL          string               // the Article's link
	Validators   Validators           // of the text that is stored; zero if there is none
	Failures     int                  // in a row
	HostFailures int                  // in a row, of pages of its host
	Busy         map[string]time.Time // until when hosts (host:port) are to be left alone
	Says         Article              // what the Source says: headline, Summary and Content
}

// A PageFetch is the outcome of asking for a page once, ready to be recorded.
type PageFetch struct {
	Article    int64
	Seq        int64
	URL        string        // that was asked for
	Started    time.Time     // when it was begun
	Took       time.Duration // robots.txt included
	Status     int           // of the answer; 0 if there was none
	Kind       Kind          // OK, or how it failed
	Error      string        // for people; "" if Kind is OK
	Validators Validators    // of Page; zero if it failed
	Page       *Page         // nil if it failed, or is the one already stored
	Next       time.Time     // when it is asked for again; zero: not before another Revision
	Host       string        // host:port of URL
	LedTo      []string      // others that redirects led to, which were asked as well
	Elsewhere  bool          // true if it failed at another site, to which a redirect led
	HostDown   int           // failures in a row of pages of the host, this one included
	HostNext   time.Time     // no page of the host is asked for before; zero: nothing forbids it
	Busy       string        // the host:port that said 429, to be left alone until RetryAt; "" if none did
	RetryAt    time.Time     // zero if Busy is ""
}

// pageWaits are how long after each failure in a row a page is asked for again.
// After as many it is given up.
var pageWaits = [...]time.Duration{5 * time.Minute, 30 * time.Minute, 3 * time.Hour, 12 * time.Hour}

// hostWaits are how long all pages of a host wait after each failure in a row that
// is the host's: a server that is down, or turns us away, is asked for one page
// then and not for each.
var hostWaits = [...]time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour}

const (
	offlineWait = time.Minute      // until a page is tried again after there was no network
	busyWait    = 10 * time.Minute // after a 429 that does not say how long
	mostWait    = 7 * 24 * time.Hour
)

// Plan decides when a page that could not be had is asked for again, if at all,
// and how long its host is left alone. Retry-After is what the answer said, 0 if
// nothing.
func (f *PageFetch) Plan(due *PageDue, retryAfter time.Duration, now time.Time) {
	switch {
	case f.Kind == Offline: // nobody was asked
		f.HostDown, f.Next = due.HostFailures, now.Add(offlineWait)
		f.HostNext = f.Next
		return
	case !f.troubled() || f.Elsewhere: // its host did what it could
		f.HostDown = 0
	default:
		f.HostDown = due.HostFailures + 1
		wait := hostWaits[min(due.HostFailures, len(hostWaits)-1)]
		f.HostNext = now.Add(max(wait, min(retryAfter, mostWait)))
	}
	if f.Status == http.StatusTooManyRequests {
		f.RetryAt = now.Add(max(busyWait, min(retryAfter, mostWait)))
	}
	if f.Kind == OK || f.final() || due.Failures >= len(pageWaits) {
		return
	}
	f.Next = now.Add(max(pageWaits[due.Failures], min(retryAfter, mostWait)))
	for _, other := range [...]time.Time{f.HostNext, f.RetryAt} {
		if other.After(f.Next) {
			f.Next = other
		}
	}
}

// troubled reports whether a failure is the host's rather than the page's.
func (f *PageFetch) troubled() bool {
	switch f.Kind {
	case Unreachable, Timeout, Truncated, Challenge:
		return true
	case BadStatus:
		return f.Status >= 500 || f.Status == http.StatusTooManyRequests || f.Status == http.StatusForbidden || f.Status == http.StatusUnauthorized
	}
	return false
}

// final reports whether asking again would change nothing, or is not wanted.
func (f *PageFetch) final() bool {
	switch f.Kind {
	case Unreachable, Timeout, Truncated, Panicked:
		return false
	case BadStatus: // a page that is not there yet may come
		return f.Status >= 400 && f.Status < 500 && f.Status != http.StatusNotFound && f.Status != http.StatusTooManyRequests
	}
	return true
}

// A RobotsFile is the robots.txt of an origin as it was last had.
type RobotsFile struct {
	Status  int       // of the answer; 0 if it could not be had yet
	Text    string    // "" if there is none
	Error   string    // why it could not be had when it was last asked for; "" if it could
	Fetched time.Time // when it was had; zero if never
	Expires time.Time // when it is asked for again
}

// How long a robots.txt holds (RFC 9309 section 2.4), and how long until it is
// tried again after it could not be had.
const (
	robotsLife  = 24 * time.Hour
	robotsRetry = time.Hour
)

// After returns what follows a RobotsFile when the origin was asked for it: with
// an error the former one goes on, if there is one (RFC 9309 section 2.4).
func (r RobotsFile) After(status int, text, err string, now time.Time) RobotsFile {
	if err != "" {
		r.Error, r.Expires = err, now.Add(robotsRetry)
		return r
	}
	return RobotsFile{Status: status, Text: text, Fetched: now, Expires: now.Add(robotsLife)}
}

// Known reports whether it says anything: one that cannot be had and never could
// be forbids everything (RFC 9309 section 2.3.1.4).
func (r *RobotsFile) Known() bool { return !r.Fetched.IsZero() }

// A PageStatus is what became of the page of an Article, for people. Its names
// in JSON are those of the view pages.
type PageStatus struct {
	URL       string    `json:"url"`
	State     string    `json:"state"`               // due, failing, kept or given up
	Asked     time.Time `json:"asked,omitzero"`      // when it was last asked for; zero: never
	Next      time.Time `json:"next_fetch,omitzero"` // not before
	Fetched   time.Time `json:"fetched,omitzero"`    // when the text was had
	Failures  int       `json:"failures"`            // in a row
	Kind      Kind      `json:"kind,omitempty"`
	LastError string    `json:"last_error,omitempty"` // "" after a success
	Letters   int       `json:"letters"`              // of the text
}

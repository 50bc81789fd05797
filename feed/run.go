package feed

import (
	"fmt"
	"strings"
	"time"
)

// A Run is some polls of a Source in a row that went in the same way. Its names in
// JSON are those of the view fetches.
type Run struct {
	First   time.Time `json:"first"`             // when the first of them began
	Last    time.Time `json:"last"`              // when the last of them began
	Count   int       `json:"count"`             // of polls
	Status  int       `json:"status,omitempty"`  // HTTP; 0: no answer
	Kind    Kind      `json:"kind,omitempty"`    // how they failed; "" if they did not
	Error   string    `json:"error,omitempty"`   // of the last poll
	Warning string    `json:"warning,omitempty"` // what had to be repaired; "" if nothing
	Bytes   int64     `json:"bytes"`             // of all bodies, decoded
	Took    int64     `json:"took"`              // of the last poll, milliseconds
	New     int       `json:"new"`               // Articles
	Revised int       `json:"revised"`           // Articles
	Refused int       `json:"refused"`           // items that are no Article
	Via     string    `json:"via"`               // poll or push
}

// When tells when the Run was.
func (r *Run) When(now time.Time, zone *time.Location) string {
	first, last := When(r.First, now, zone), When(r.Last, now, zone)
	if first == last {
		return last
	}
	return first + " to " + last
}

// InWords tells what came of the Run, for who may see all:
//
//	12 polls: 404 Not Found
//	3 new, 1 revised, 45 kB in 120 ms
//	144 polls: not modified
func (r *Run) InWords() string {
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{{r.New, "new"}, {r.Revised, "revised"}, {r.Refused, "refused"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.word))
		}
	}
	switch {
	case r.Kind != OK:
		parts = append(parts, strings.TrimSpace(string(r.Kind)+": "+r.Error))
		// Its error is all that is to be said: 404 Not Found.
		if r.Kind == BadStatus {
			parts = []string{r.Error}
		}
	case r.Status == 304:
		parts = append(parts, "not modified")
	case len(parts) == 0:
		parts = append(parts, "nothing new")
	}
	if r.Bytes > 0 {
		parts = append(parts, Bytes(r.Bytes))
	}
	words := strings.Join(parts, ", ")
	if r.Via == "push" {
		words += ", by push"
	} else if r.Took > 0 {
		words += " in " + Span(time.Duration(r.Took)*time.Millisecond)
	}
	if r.Warning != "" {
		words += "; " + r.Warning
	}
	if r.Count > 1 {
		words = fmt.Sprintf("%d polls: %s", r.Count, words)
	}
	return words
}

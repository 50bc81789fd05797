package feed

import "time"

// A Column is a column of a view that people query.
type Column struct {
	Name     string `json:"name"`
	Type     string `json:"type"` // of what is not NULL: integer, text, time (text, ISO 8601 in UTC), flag (0 or 1), json (text) or real
	Sentence string `json:"sentence"`
}

// An Extract says which rows of a view are wanted: those that satisfy all that
// is said. A zero value asks for nothing.
type Extract struct {
	View    string    // articles, stories or revisions
	Since   time.Time // published at that time or later, revisions seen; zero: any
	Until   time.Time // before; zero: any
	Sources []string  // of an article of one of these; nil: any
	Feeds   []string  // whose story one of these shows now; nil: whatever feeds show
	Search  *Search   // of an article that answers it; nil: any
}

// Extracts are the views that can be extracted.
var Extracts = []string{"articles", "stories", "revisions"}

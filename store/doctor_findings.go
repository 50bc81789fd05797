package store

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"newswired/feed"
)

// Severities of a Finding.
const (
	Wrong   = "error"   // something is lost, contradicts itself, or will fail
	Warning = "warning" // it works, and somebody should look
	Note    = "note"    // it is as it should be, and good to know
)

// A Finding is one thing that is to be said about a database file, and what to do.
type Finding struct {
	Check    string `json:"check"`            // one word for scripts
	Severity string `json:"severity"`         // error, warning or note
	Says     string `json:"says"`             // what is wrong, in whole sentences
	Advice   string `json:"advice,omitempty"` // what to do about it; "" if there is nothing to do

	// How Repair repairs it, "" if it does not.
	Repair string `json:"repair,omitempty"`

	alone bool   // true: only while no daemon serves the file
	how   repair // what Repair runs
}

// A repair names what Repair runs.
type repair struct {
	kind string // mark, reindex, objects, keys, rule, words, vacuum, owner
	name string // of the index, object or rule
}

// Findings says what Facts mean: what is wrong first. It is empty if all is well.
func (f Facts) Findings() []Finding {
	all := slices.Concat(f.opening(), f.damage(), f.contradictions(), f.room(), f.place())
	slices.SortStableFunc(all, func(a, b Finding) int { return rank(a.Severity) - rank(b.Severity) })
	return all
}

// rank puts severities in order, the worst first.
func rank(severity string) int { return slices.Index([]string{Wrong, Warning, Note}, severity) }

// opening says why a file cannot be opened.
func (f Facts) opening() []Finding {
	switch {
	case f.Lost:
		return []Finding{{Check: "mark", Severity: Wrong, Says: "The file has newswired's tables but lost newswired's mark, as what sqlite3 restores from a .dump does.",
			Advice: "run newswired doctor --repair", Repair: "the mark is set again", alone: true, how: repair{kind: "mark"}}}
	case errors.Is(f.Refused, ErrForbidden), errors.Is(f.Refused, fs.ErrPermission):
		return []Finding{{Check: "open", Severity: Wrong, Says: "We may not read the file: " + f.Refused.Error() + ".",
			Advice: "run newswired doctor as the user who owns it, or on a copy in a folder of yours"}}
	case f.Refused != nil:
		return []Finding{{Check: "open", Severity: Wrong, Says: "The file cannot be opened: " + f.Refused.Error() + ".", Advice: salvageAdvice}}
	}
	return nil
}

const salvageAdvice = "restore a backup; without one, newswired doctor --salvage NEW-FILE saves what can still be read"

// broken returns what SQLite says that rebuilding an index does not repair.
func (f Facts) broken() []string {
	return slices.DeleteFunc(slices.Clone(f.Integrity), func(said string) bool {
		_, ofIndex := indexOf(said)
		return ofIndex || ofWords(said)
	})
}

// indexOf returns which index a message of integrity_check is about, if it says no
// more than that the index is not what the table is:
//
//	row 12 missing from index article_by_link
//	wrong # of entries in index article_by_link
//	row 12 values differ from index article_by_link
//	non-unique entry in index sqlite_autoindex_article_1
func indexOf(said string) (string, bool) {
	for _, form := range []string{"missing from index ", "wrong # of entries in index ", "differ from index ", "non-unique entry in index "} {
		if _, name, ok := strings.Cut(said, form); ok {
			return strings.TrimSpace(name), true
		}
	}
	return "", false
}

// ofWords reports whether a message is about the search index.
func ofWords(said string) bool { return strings.Contains(said, "word_index") }

// damage says what SQLite found.
func (f Facts) damage() (all []Finding) {
	if broken := f.broken(); len(broken) > 0 {
		all = append(all, Finding{Check: "integrity", Severity: Wrong, Says: "The file is damaged: " + some(broken, 5) + ".", Advice: salvageAdvice + "; then look after the disk"})
	}
	for _, name := range f.Tables {
		all = append(all, Finding{Check: "schema", Severity: Wrong, Says: "Table " + name + " is missing, or was changed by another program.", Advice: "restore a backup"})
	}
	if len(f.Objects) > 0 {
		all = append(all, Finding{Check: "schema", Severity: Wrong, Says: "Views or indexes are missing, or not as this version makes them: " + some(f.Objects, 20) + ".",
			Repair: "they are made again", how: repair{kind: "objects"}})
	}
	if len(f.broken()) > 0 {
		return all // what is built on it would be built on sand
	}
	named := make(map[string]bool)
	for _, said := range f.Integrity {
		if name, ok := indexOf(said); ok && !named[name] {
			named[name] = true
			all = append(all, Finding{Check: "index", Severity: Wrong, Says: "Index " + name + " does not have what its table has: queries miss rows.",
				Repair: "it is built again", how: repair{kind: "reindex", name: name}})
		}
	}
	if slices.ContainsFunc(f.Integrity, ofWords) {
		all = append(all, Finding{Check: "search", Severity: Wrong, Says: "The search index is damaged.", Repair: "it is made again", how: repair{kind: "words"}})
	}
	if f.Unfound > 0 {
		all = append(all, Finding{Check: "search", Severity: Wrong, Says: fmt.Sprintf("Articles that are not found by the words of their headline: %d.", f.Unfound), Repair: "the search index is made again", how: repair{kind: "words"}})
	}
	return all
}

// beside are the rules that may be repaired while a daemon works: it keeps nothing
// of them in memory.
var beside = []string{"used_numbers", "far_fetches"}

// contradictions says which rows contradict others.
func (f Facts) contradictions() (all []Finding) {
	for _, d := range f.Dangling {
		if d.Table == "article" {
			continue // the rules make again what these lost
		}
		all = append(all, Finding{Check: "keys", Severity: Wrong, Says: fmt.Sprintf("Rows of table %s whose %s is not there: %d.", d.Table, d.Parent, d.Rows),
			Repair: "they are removed", alone: true, how: repair{kind: "keys"}})
	}
	for _, o := range f.Orphans {
		r, err := readRule(o.Rule)
		if err != nil {
			panic(err) // unreachable: its question was asked
		}
		x := Finding{Check: strings.ReplaceAll(o.Rule, "_", " "), Severity: Wrong, Says: fmt.Sprintf("%s: %d.", capital(r.what), o.Rows),
			Repair: r.repairs, alone: !slices.Contains(beside, o.Rule), how: repair{kind: "rule", name: o.Rule}}
		if strings.HasSuffix(o.Rule, "_words") {
			x.alone, x.how = false, repair{kind: "words"}
		}
		if r.repair == "" {
			x.Advice = `take it from the id of an entry in any feed reader, up to "story/": sqlite3 FILE "INSERT INTO meta VALUES ('tag_prefix', 'tag:HOST,DATE:RANDOM/')"`
		}
		all = append(all, x)
	}
	return all
}

// logTooLong is a write-ahead log that only a reader can have kept from being taken
// over: it is cut to 16 MiB otherwise. Tests have no time for so many bytes.
var logTooLong int64 = 64 << 20

const (
	// diskTooFull is what should always be free: some days of news.
	diskTooFull = 256 << 20

	// muchFree is so much of a file that a few hours do not give it back.
	muchFree = 64 << 20
)

// room says how the file and its disk get on.
func (f Facts) room() (all []Finding) {
	if f.WAL > logTooLong {
		all = append(all, Finding{Check: "log", Severity: Warning, Says: fmt.Sprintf("The write-ahead log is %s long: a reader has had a transaction open since long ago, or has just ended it.", feed.Bytes(f.WAL)),
			Advice: "end what reads " + f.Name + " (fuser " + f.Name + " names it); the log is taken over by itself then"})
	}
	if f.DiskFree >= 0 && f.DiskFree < diskTooFull {
		severity := Warning
		if f.DiskFree < diskTooFull/16 {
			severity = Wrong
		}
		all = append(all, Finding{Check: "disk", Severity: severity, Says: fmt.Sprintf("The disk of the database has %s left.", feed.Bytes(f.DiskFree)), Advice: "make room, or set max_size or a shorter retention"})
	}
	if f.DiskFree >= 0 && f.DiskFree < f.Size {
		all = append(all, Finding{Check: "disk", Severity: Note, Says: fmt.Sprintf("The disk has %s left, the database takes %s: an upgrade that changes the schema needs a copy beside it.", feed.Bytes(f.DiskFree), feed.Bytes(f.Size)),
			Advice: "back up to another disk"})
	}
	if f.Refused == nil && !f.Shrinks {
		all = append(all, Finding{Check: "vacuum", Severity: Warning, Says: "The file gives no space back to its disk: it was made by another program.", Repair: "it is written anew (VACUUM)", alone: true, how: repair{kind: "vacuum"}})
	}
	if f.FreePages > muchFree && f.FreePages > f.Size/4 {
		all = append(all, Finding{Check: "free", Severity: Note, Says: fmt.Sprintf("%s of the file are free.", feed.Bytes(f.FreePages)), Advice: "none needed: the daemon gives them back within hours"})
	}
	return all
}

// place says what is wrong around the file, and with the clock.
func (f Facts) place() (all []Finding) {
	if ahead := f.Newest.Sub(f.Now); ahead > time.Minute {
		all = append(all, Finding{Check: "clock", Severity: Warning, Says: fmt.Sprintf("The newest row is of %s, %s ahead of this machine's clock.", f.Newest.UTC().Format(time.RFC3339), ahead.Round(time.Second)),
			Advice: "set the clock; if it was ahead when that was written, it passes with time"})
	}
	if f.ReadOnly {
		all = append(all, Finding{Check: "permission", Severity: Warning, Says: "We may not write the file or its folder.", Advice: "run the daemon, and commands that write, as the user who owns it"})
	}
	if len(f.Strangers) > 0 {
		all = append(all, Finding{Check: "owner", Severity: Wrong, Says: "Files beside the database belong to another user than it does, who may keep the daemon from writing: " + some(f.Strangers, 5) + ".",
			Advice: "chown them as root; give commands as the daemon's user", Repair: "they are given to the database's owner", how: repair{kind: "owner"}})
	}
	if len(f.Leftovers) > 0 {
		all = append(all, Finding{Check: "leftovers", Severity: Note, Says: "Files that newswired no longer needs: " + some(f.Leftovers, 5) + ".", Advice: "remove them when you are content with the database as it is"})
	}
	return all
}

// some joins the first of some texts.
func some(texts []string, most int) string {
	if more := len(texts) - most; more > 0 {
		return strings.Join(texts[:most], "; ") + fmt.Sprintf("; and %d more", more)
	}
	return strings.Join(texts, "; ")
}

// capital begins a sentence.
func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

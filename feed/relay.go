package feed

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Relayed is what a newswired whose Feed is a Source says of an Article beside
// what it says itself: where it has it from, and with which others it tells one
// report.
type Relayed struct {
	ID     string   // a tag: URI, of the Article where a Source was polled for it
	Path   []string // what the ids of the newswireds begin with that it came by, the first one first; never empty
	Entry  string   // the id of the Entry that it stands in at the last of them
	Source string   // the name of the Source there
	URL    string   // where that Source's Document is, as far as strangers may know; may be ""
	Outlet string   // who publishes it
	Agency string   // the wire whose own feed it is; "" for a newspaper
	Credit string   // the agency that the Article names as its origin; "" if none
	Brief  bool     // true: there is no text of it
	Void   bool     // true: its Source said that it is
}

// ComesBy reports whether a Source is the one of a name, or comes by it:
// west/yonhap is the Source yonhap of the newswired that is the Source west.
func ComesBy(source, name string) bool {
	return source == name || len(source) > len(name) && source[len(name)] == '/' && strings.HasPrefix(source, name)
}

// PassedBy reports whether a newswired has had the Article, by what its ids begin
// with. Who gets back what it gave drops it: so every circle ends.
func (r *Relayed) PassedBy(prefix string) bool { return slices.Contains(r.Path, prefix) }

// ArticleID names an Article for other newswireds.
func ArticleID(prefix, number string) string { return prefix + "article/" + number }

// RelayNamespace is that of the elements by which a newswired tells another one what
// is for nobody else, in Atom and RSS. It is a random UUID (RFC 9562): nobody owns a
// name for it.
const RelayNamespace = "urn:uuid:5b8f9f0c-2a3e-4c58-9d0e-6e7772640001"

// CarriersClass marks the last paragraph of an Entry's body, if that names who else
// carries it.
const CarriersClass = "carriers"

// maxTagged is how long an id may be that is taken over from another newswired.
const maxTagged = 250

// Minter returns what the ids of a newswired begin with, of the id that it gave to
// an Entry or to an Article (what); "" if it is none.
//
//	tag:news.example.org,2026-03-01:7f00/story/12    tag:news.example.org,2026-03-01:7f00/
func Minter(id, what string) string {
	i := strings.LastIndex(id, "/"+what+"/")
	if i < 0 || !strings.HasPrefix(id, "tag:") || len(id) > maxTagged || !isNumber(id[i+len(what)+2:]) || strings.ContainsFunc(id, notOfURI) {
		return ""
	}
	return id[:i+1]
}

// notOfURI reports whether a character has no place in an IRI (RFC 3987): ids are
// written beside each other with spaces between, and into other people's XML.
func notOfURI(c rune) bool {
	return unicode.IsSpace(c) || !unicode.IsGraphic(c) || strings.ContainsRune("\"<>\\^`{|}", c) || c == utf8.RuneError
}

// isNumber reports whether a text is a whole number, in its one form.
func isNumber(s string) bool {
	return s != "" && s[0] != '0' && len(s) < 19 && strings.Trim(s, "0123456789") == ""
}

// The words of the configuration on whether a Source is taken for a newswired.
const (
	RelayAlways = "true"
	RelayNever  = "false"
)

// TakesForRelay reports whether a Document that shows itself as a newswired's is
// taken for one. Whoever is, speaks for the outlets and agencies that it names.
// Hence only what showed itself as one with its first Document is, unless the
// configuration says otherwise: a newspaper's feed that is taken over by strangers
// does not become an agency by it.
func (s Source) TakesForRelay(st State) bool {
	switch s.Relay {
	case RelayAlways:
		return true
	case RelayNever:
		return false
	}
	return st.Relay || !st.Known
}

// Told is the Score of two Articles that a newswired tells in one Entry: it has
// compared all of their words.
const Told = Joined - 1

// TellsNoMore reports whether an Article says nothing that another one of the
// same page does not say as well: both headlines are the same, and its text is
// the beginning of the other's.
func TellsNoMore(a, known Article) bool {
	if Normal(a.Title) != Normal(known.Title) {
		return false
	}
	return beginsWith(known, a.Summary) && beginsWith(known, Plain(a.Content))
}

// beginsWith reports whether the summary or the content of an Article begins with
// a text.
func beginsWith(a Article, text string) bool {
	text = Normal(text)
	return strings.HasPrefix(Normal(a.Summary), text) || strings.HasPrefix(Normal(Plain(a.Content)), text)
}

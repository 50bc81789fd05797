package feed

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"time"
)

// An Identity is by what an Article is known. Each is a hash of 64 bits: two
// of a million Articles of one Source share one by chance once in 37 million
// such Sources.
type Identity struct {
	Key  int64 // who it is within its Source
	Link int64 // its canonical URL, also across Sources; 0 if it has none
}

// Identify returns the Identity of each Article of a Document, by its GUID,
// else its canonical link, else its headline. A name that two Articles of one
// Document bear is no name: it takes the next part along, the link and then
// the headline, now and, as repeated reports of names noted earlier, ever
// after.
//
//	guid 7, link a                  guid 7
//	guid 7, link a; guid 7, link b  guid 7 + a; guid 7 + b, guid 7 noted
//	no guid, link a                 link a
//	two headlines under link a      link a + each headline, link a noted
//	no guid, no link                headline
//
// The second result holds the keys of the names that are to be noted.
func Identify(articles []Article, repeated func(key int64) bool) ([]Identity, []int64) {
	ids := make([]Identity, len(articles))
	links := make([]string, len(articles))
	for i, a := range articles {
		if links[i] = Canonical(a.Link); links[i] != "" {
			ids[i].Link = linkKey(links[i])
		}
		ids[i].Key = nameOf(a, links[i], 0)
	}
	var noted []int64
	length := make([]int, len(articles)) // of the names, in parts beyond the first
	for again := true; again; {
		again = false
		twice := sharedNames(articles, ids)
		for i, a := range articles {
			if key := ids[i].Key; length[i] < 2 && (twice[key] || repeated(key)) {
				length[i]++
				ids[i].Key = nameOf(a, links[i], length[i])
				again = again || ids[i].Key != key
			}
		}
		noted = slices.AppendSeq(noted, maps.Keys(twice))
	}
	return ids, noted
}

// nameOf returns the key of an Article with a canonical link, by a name of so
// many parts beyond the first.
func nameOf(a Article, link string, length int) int64 {
	switch {
	case a.Relayed != nil: // nobody else gives that id
		return RelayedKey(a.Relayed.ID)
	case a.GUID != "" && length == 0:
		return GUIDKey(a.GUID)
	case a.GUID != "" && length == 1:
		return hash("guid and link", a.GUID, link)
	case a.GUID != "":
		return hash("guid, link and words", a.GUID, link, Normal(a.Title))
	case link != "" && length == 0:
		return hash("link", link)
	case link != "":
		return hash("link and words", link, Normal(a.Title))
	}
	return TitleKey(a.Title)
}

// sharedNames returns the keys that Articles share though more than the name
// tells them apart.
func sharedNames(articles []Article, ids []Identity) map[int64]bool {
	first := make(map[int64]int, len(ids))
	twice := make(map[int64]bool)
	for i, id := range ids {
		j, ok := first[id.Key]
		if !ok {
			first[id.Key] = i
			continue
		}
		if articles[i].Relayed != nil {
			continue // its name is an id
		}
		if id.Link != ids[j].Link || Normal(articles[i].Title) != Normal(articles[j].Title) {
			twice[id.Key] = true
		}
	}
	return twice
}

// GUIDKey returns the Key of an Article whose GUID is its own.
func GUIDKey(guid string) int64 { return hash("guid", guid) }

// RelayedKey returns the Key of an Article that came by a newswired, of its id.
func RelayedKey(id string) int64 { return hash("relayed", id) }

// LinkKey returns the hash of a URL's canonical form, 0 for what is no URL of a
// page.
func LinkKey(link string) int64 {
	if link = Canonical(link); link == "" {
		return 0
	}
	return linkKey(link)
}

// linkKey is LinkKey of what is canonical already.
func linkKey(canonical string) int64 { return hash("link", canonical) }

// TitleKey returns a hash of a headline's normalised words.
func TitleKey(title string) int64 { return hash("words", Normal(title)) }

// Digest returns a hash of all that an Article says. Equal digests save the
// comparison of words.
func Digest(a Article) int64 {
	parts := []string{a.GUID, a.Link, a.Title, a.Summary, a.Content, a.Image, a.Language, a.Origin.Title, a.Origin.URL}
	for _, p := range a.Authors {
		parts = append(parts, "author", p.Name, p.Email, p.URL)
	}
	parts = append(parts, a.Categories...)
	for _, e := range a.Enclosures {
		parts = append(parts, "enclosure", e.URL, e.Type)
	}
	return hash("article", parts...)
}

// SameDespiteGUID tells how sure it is that an Article is one that its Source
// had under another name; 0 is not at all. Both have the same link, and the
// former name is no longer in the Document. Sources rotate GUIDs, or make them
// from the headline; but a live page, or a daily column, also gives many
// Articles one link. Of several, the surest is meant.
//
//	3  same headline, and the date, the GUID, or the GUID up to #
//	2  same GUID, which no longer suffices
//	1  half the words or the summary the same, and the date, or the GUID up
//	   to #, if the link names one page
//
// Articles without a date are of one date if they have the same summary.
func SameDespiteGUID(before, after Article) int {
	a, b := Normal(before.Title), Normal(after.Title)
	summary := Normal(before.Summary)
	sameSummary := summary != "" && summary == Normal(after.Summary)
	sameDate := before.Published.Equal(after.Published)
	if after.Published.IsZero() {
		sameDate = sameSummary
	}
	alike := sameSummary || shared(strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))) >= 0.5
	sameGUID := before.GUID != "" && before.GUID == after.GUID
	counted := sameStem(before.GUID, after.GUID)
	switch {
	case a == b && (sameDate || sameGUID || counted):
		return 3
	case sameGUID:
		return 2
	case alike && NamesOnePage(after.Link) && (sameDate || counted):
		return 1
	}
	return 0
}

// sameStem reports whether two GUIDs are one URL with another number behind
// "#", as the BBC counts its versions.
func sameStem(a, b string) bool {
	a, _, counted := strings.Cut(a, "#")
	b, _, too := strings.Cut(b, "#")
	return counted && too && a != "" && a == b
}

// shared returns the share of the words that two headlines have in common
// (Jaccard).
func shared(a, b []string) float64 {
	set := make(map[string]int)
	for _, w := range a {
		set[w] |= 1
	}
	for _, w := range b {
		set[w] |= 2
	}
	both := 0
	for _, in := range set {
		if in == 3 {
			both++
		}
	}
	if len(set) == 0 {
		return 0
	}
	return float64(both) / float64(len(set))
}

// NamesOnePage reports whether a URL can identify a page: a bare host is
// linked from many Articles.
func NamesOnePage(link string) bool {
	return strings.ContainsAny(strings.TrimPrefix(Canonical(link), "https://"), "/?#")
}

// Credible returns the date an Article is given at first sight: what its
// Source claims, unless that is nothing, before 1970 or after the fetch.
func Credible(claimed, fetched time.Time) time.Time {
	if claimed.Unix() <= 0 || claimed.After(fetched) {
		return fetched
	}
	return claimed
}

// hash returns 64 bits of SHA-256 over strings, each preceded by its length so
// that no two lists are the same text.
func hash(kind string, parts ...string) int64 {
	h := sha256.New()
	var size [8]byte
	for _, p := range append([]string{kind}, parts...) {
		binary.BigEndian.PutUint64(size[:], uint64(len(p)))
		h.Write(size[:])
		h.Write([]byte(p))
	}
	return int64(binary.BigEndian.Uint64(h.Sum(nil)))
}

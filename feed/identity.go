package feed

import (
	"crypto/sha256"
	"encoding/binary"
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
// else its canonical link, else its headline. A GUID that names two links in
// one Document is no name: it takes the link along, now and, as repeated
// reports of GUIDs noted earlier, ever after.
//
//	guid 7, link a                  guid 7
//	guid 7, link a; guid 7, link b  guid 7 + a; guid 7 + b, both noted
//	no guid, link a                 link a
//	no guid, no link                headline
//
// The second result holds the GUIDs' keys that are to be noted.
func Identify(articles []Article, repeated func(key int64) bool) ([]Identity, []int64) {
	ids := make([]Identity, len(articles))
	links := make(map[int64]int64, len(articles)) // key of a GUID -> first link
	twice := make(map[int64]bool)
	for i, a := range articles {
		if c := Canonical(a.Link); c != "" {
			ids[i].Link = hash("link", c)
		}
		if a.GUID == "" {
			ids[i].Key = nameless(a, ids[i].Link)
			continue
		}
		key := GUIDKey(a.GUID)
		if first, ok := links[key]; ok && first != ids[i].Link {
			twice[key] = true
		} else {
			links[key] = ids[i].Link
		}
		ids[i].Key = key
	}
	var noted []int64
	for key := range twice {
		noted = append(noted, key)
	}
	for i, a := range articles {
		if a.GUID != "" && (twice[ids[i].Key] || repeated(ids[i].Key)) {
			ids[i].Key = hash("guid and link", a.GUID, linkOrTitle(a))
		}
	}
	return ids, noted
}

// GUIDKey returns the Key of an Article whose GUID is its own.
func GUIDKey(guid string) int64 { return hash("guid", guid) }

func nameless(a Article, link int64) int64 {
	if link != 0 {
		return link
	}
	return hash("words", Normal(a.Title))
}

func linkOrTitle(a Article) string {
	if c := Canonical(a.Link); c != "" {
		return c
	}
	return Normal(a.Title)
}

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

// SameDespiteGUID reports whether an Article is one that its Source had under
// another GUID: both have the same link, and the former is no longer in the
// Document. Sources rotate GUIDs, or make them from the headline; but a live
// page also gives many Articles one link, hence some of the words must agree.
func SameDespiteGUID(before, after Article) bool {
	a, b := Normal(before.Title), Normal(after.Title)
	if a == b {
		return true
	}
	if s := Normal(before.Summary); s != "" && s == Normal(after.Summary) {
		return true
	}
	return shared(strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))) >= 0.5
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

// CanonicalKey returns the Identity.Link of a URL, 0 if it has none.
func CanonicalKey(link string) int64 {
	if c := Canonical(link); c != "" {
		return hash("link", c)
	}
	return 0
}

// NamesOnePage reports whether a URL can identify a page: a bare host is
// linked from many Articles.
func NamesOnePage(link string) bool {
	return strings.ContainsAny(strings.TrimPrefix(Canonical(link), "https://"), "/?")
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

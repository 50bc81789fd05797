package render

import (
	"cmp"
	"html"
	"net/mail"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"newswired/feed"
)

// clean returns s without what XML 1.0 section 2.2 forbids, without the other
// control characters, which no reader shows, and without those that turn the
// direction of text. Bytes that are not UTF-8 become U+FFFD.
func clean(s string) string {
	if strings.IndexFunc(s, unprintable) < 0 && utf8.ValidString(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unprintable(r) {
			return -1
		}
		return r
	}, s)
}

// unprintable reports what clean drops. Surrogates cannot stand in a string's
// valid UTF-8. Line breaks and tabs stay, for a summary may have lines. Embeddings,
// overrides and isolates (Unicode Annex 9) go: one that is never ended turns
// round what others wrote after it. Marks of direction and joiners stay, for
// they reach no further than their neighbours.
func unprintable(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0: // C0, DEL, C1
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef // noncharacters
}

// Line returns text as Editions and Briefs show it: on one line, without the
// characters that XML forbids, that nobody sees or that turn the direction of
// text.
func Line(s string) string { return feed.OneLine(clean(s)) }

// lines makes each text a line and drops those that are empty or were there before.
func lines(all []string) []string {
	var kept []string
	seen := make(map[string]bool, len(all))
	for _, s := range all {
		if s = Line(s); s != "" && !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}

// paragraphs returns plain text as HTML, a paragraph for each line that says
// anything. It escapes and does not look for markup: text is text.
func paragraphs(s string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(s, "\n") {
		if part = Line(part); part != "" {
			b.WriteString("<p>" + html.EscapeString(part) + "</p>")
		}
	}
	return b.String()
}

// date returns the first time that a feed can state, in UTC to the second:
// RFC 3339 has four digits for the year, and zero means that it is not known.
// If none can be stated it is the first second of 1970, which is at least fixed.
func date(times ...time.Time) time.Time {
	for _, t := range times {
		if t = t.UTC().Truncate(time.Second); !t.IsZero() && t.Year() > 0 && t.Year() < 10000 {
			return t
		}
	}
	return time.Unix(0, 0).UTC()
}

// languageTag is the form of a BCP 47 tag, whatever its parts mean.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

// language returns a BCP 47 tag, or "" if tag cannot be one. "english" is not;
// "ko_KR", which many feeds say, is taken for ko-KR.
func language(tag string) string {
	tag = strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")
	if !languageTag.MatchString(tag) {
		return ""
	}
	return tag
}

// authors keeps the persons that have some name, for Atom demands one, each
// once. An address stands in for a name; a URL does not.
func authors(all []feed.Person) []feed.Person {
	var kept []feed.Person
	seen := make(map[feed.Person]bool, len(all))
	for _, p := range all {
		p = feed.Person{Name: Line(p.Name), Email: email(p.Email), URL: feed.Absolute("", p.URL)}
		p.Name = cmp.Or(p.Name, p.Email)
		if p.Name != "" && !seen[p] {
			seen[p] = true
			kept = append(kept, p)
		}
	}
	return kept
}

// plainEmail is narrower than RFC 5322: some readers take no more for an address.
var plainEmail = regexp.MustCompile(`^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)

// email returns the address if every reader can take it for one, else "". It
// comes out of "Name <address>" too, which many feeds have in its place.
func email(s string) string {
	a, err := mail.ParseAddress(s)
	if err != nil || !plainEmail.MatchString(a.Address) {
		return ""
	}
	return a.Address
}

// mediaType is type/subtype, in small letters and without parameters.
var mediaType = regexp.MustCompile(`^[a-z]+/[a-z0-9][a-z0-9.+-]*$`)

// byExtension is a small table of our own, because package mime asks the
// machine, and an Edition must not depend on the machine.
var byExtension = map[string]string{
	"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "mp4": "video/mp4", "webm": "video/webm",
	"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
	"pdf": "application/pdf",
}

// enclosures gives every file a media type, which RSS and JSON Feed demand, and
// keeps each file once:
//
//	audio/mpeg                        as it is
//	Audio/MPEG; codecs=x              audio/mpeg
//	image, ""   of .../a.jpg?w=100    image/jpeg
//	image, ""   of .../a              application/octet-stream
//
// A length below zero is one that is not known.
func enclosures(all []feed.Enclosure) []feed.Enclosure {
	var kept []feed.Enclosure
	seen := make(map[string]bool, len(all))
	for _, e := range all {
		e.URL = feed.Absolute("", e.URL)
		if e.URL == "" || seen[e.URL] {
			continue
		}
		seen[e.URL] = true
		e.Type, _, _ = strings.Cut(strings.ToLower(e.Type), ";")
		if e.Type = strings.TrimSpace(e.Type); !mediaType.MatchString(e.Type) {
			path, _, _ := strings.Cut(e.URL, "?")
			ext := strings.ToLower(path[strings.LastIndexByte(path, '.')+1:])
			e.Type = cmp.Or(byExtension[ext], "application/octet-stream")
		}
		e.Length = max(e.Length, 0)
		kept = append(kept, e)
	}
	return kept
}

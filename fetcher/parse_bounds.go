package fetcher

import (
	"fmt"
	"html"
	"unicode/utf8"

	"newswired/feed"
)

// What one Document may be, before anything of it is read.
const (
	maxArticles   = 5000             // in one Document; the rest is cut off
	maxParts      = 60 * maxArticles // elements and attributes; gofeed takes half a kilobyte for each, and the largest of real Documents has 13,357
	maxAttributes = 100              // of one element; 12
	maxDepth      = 250              // of nested elements; gofeed recurses, and a stack has an end
	maxSpaces     = 250              // namespaces declared at one place; gofeed copies them for each element
	maxDate       = 1000             // bytes of a date; gofeed tries forms by the dozen, and quotes it in each error
)

// What one Article may be. A Document may have thousands of them and the store
// keeps every one for a year, so that without bounds one Source that sends an
// Article as large as a whole body with each poll would fill disk and memory.
// The largest of 767 real Documents are given for comparison. Sizes are in
// bytes, but for lines.
const (
	maxContent = 256 << 10 // a novella; the largest real one has 32 KiB
	maxSummary = 16 << 10  // about, since it is cut at a word; 11 KiB
	maxLine    = 500       // characters of a title or a name; 242, headlines written by machines aside
	maxURL     = 4 << 10   // of a link or GUID; 0.7 KiB, and servers refuse beyond 8
	maxList    = 50        // authors, categories, enclosures of each; 16
	maxText    = 1 << 20   // of any text before it is looked at: markup may hide few words in many
	maxTag     = 100       // of a language tag or a media type, each of a few words
)

// An excess counts the Articles that went beyond one bound.
type excess struct {
	what     string // in words, with the bound
	articles int
	most     int // bytes of the longest; 0 if its length is not known
}

// exceed counts one Article more, for Document.Warning: nothing is lost in
// silence.
func (r *reader) exceed(what string, size int) {
	r.exceeded++
	for i := range r.excesses {
		if e := &r.excesses[i]; e.what == what {
			e.articles, e.most = e.articles+1, max(e.most, size)
			return
		}
	}
	r.excesses = append(r.excesses, excess{what, 1, size})
}

// noteExcesses puts what was counted into words.
func (r *reader) noteExcesses() {
	for _, e := range r.excesses {
		text, many := e.what, "s"
		if e.articles == 1 {
			many = ""
		}
		if e.most > 0 {
			text += fmt.Sprintf(" (up to %d)", e.most)
		}
		r.note("%s: %d article%s", text, e.articles, many)
	}
}

// bound keeps an Article within its bounds:
//
//	Content too long          dropped, the Summary stands for it
//	Content alone, too long   its first words become the Summary
//	Summary too long          cut at a word; the whole is the Content if there is none
//	GUID too long             dropped: a part of it would name other Articles too
//	a line too long           cut at a word
//	a list too long           its first elements
func (r *reader) bound(a *feed.Article) {
	if len(a.Summary) > maxSummary && a.Content == "" {
		a.Content = html.EscapeString(a.Summary)
	}
	if n := len(a.Content); n > maxContent {
		r.exceed(fmt.Sprintf("content of more than %d bytes left out", maxContent), n)
		if a.Summary == "" {
			a.Summary = feed.Plain(a.Content)
		}
		a.Content = ""
	}
	if n := len(a.Summary); n > maxSummary {
		r.exceed(fmt.Sprintf("summary of more than %d bytes cut", maxSummary), n)
		a.Summary = cut(a.Summary, utf8.RuneCountInString(a.Summary[:maxSummary]))
	}
	if n := len(a.GUID); n > maxURL {
		r.exceed(fmt.Sprintf("guid of more than %d bytes left out", maxURL), n)
		a.GUID = ""
	}
	a.Title = r.boundLine(a.Title, "title")
	a.Origin.Title = r.boundLine(a.Origin.Title, "name of an origin")
	a.Authors = boundList(r, a.Authors, "authors")
	for i := range a.Authors {
		p := &a.Authors[i]
		p.Name, p.Email = r.boundLine(p.Name, "name of an author"), r.boundLine(p.Email, "address of an author")
	}
	a.Categories = boundList(r, a.Categories, "categories")
	for i := range a.Categories {
		a.Categories[i] = r.boundLine(a.Categories[i], "category")
	}
	a.Enclosures = boundList(r, a.Enclosures, "enclosures")
	for i := range a.Enclosures {
		if e := &a.Enclosures[i]; len(e.Type) > maxTag {
			e.Type = "" // none that anybody knows
		}
	}
}

// clip keeps a text within what may be looked at.
func (r *reader) clip(text string) string {
	if len(text) > maxText {
		r.exceed(fmt.Sprintf("text of more than %d bytes cut", maxText), len(text))
	}
	return clipped(text, maxText)
}

// clipped returns the first bytes of a text, but no part of a character.
func clipped(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// boundLine cuts text at a word.
func (r *reader) boundLine(text, what string) string {
	if len(text) <= maxLine || utf8.RuneCountInString(text) <= maxLine {
		return text
	}
	r.exceed(fmt.Sprintf("%s of more than %d characters cut", what, maxLine), 0)
	return cut(text, maxLine)
}

// boundList returns the first elements of all.
func boundList[T any](r *reader, all []T, what string) []T {
	if len(all) <= maxList {
		return all
	}
	r.exceed(fmt.Sprintf("more than %d %s cut", maxList, what), 0)
	return all[:maxList:maxList]
}

// full reports whether a list need not grow: it has one element more than it
// may, so that bound sees that there were too many. Lists whose elements are
// each compared with all others would take hours for a hostile Document.
func full[T any](all []T) bool { return len(all) > maxList }

// absolute is feed.Absolute for what is short enough to be a URL. The bound is
// looked at first, too, because the same long base may stand for thousands.
func absolute(base, ref string) string {
	if len(ref) > maxURL {
		return ""
	}
	url := feed.Absolute(base, ref)
	if len(url) > maxURL {
		return ""
	}
	return url
}

// link returns the first of refs that is a page's URL. It counts an Article that
// had one too long for that before it.
func (r *reader) link(refs []string) string {
	url, longest := "", 0
	for _, ref := range refs {
		longest = max(longest, len(ref))
		if url = absolute(r.base, ref); url != "" {
			break
		}
	}
	if longest > maxURL {
		r.exceed(fmt.Sprintf("link of more than %d bytes left out", maxURL), longest)
	}
	return url
}

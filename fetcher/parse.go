package fetcher

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"newswired/feed"
	"newswired/fetcher/charset"
)

// Parse reads the body of a Document in any of RSS 0.9 to 2.0, RDF, Atom and
// JSON Feed. The contentType is the field's value, base the URL that the body
// came from; src gives what the Document may leave open: encoding, language,
// time zone. The dates are those that the Source claims, even if they lie after
// fetched, which only decides between readings of a date such as 02/09/2021.
//
// A body that is no feed is refused by name with a *ParseError. One that is
// not well-formed is repaired if the plain way fails or finds too few Articles,
// and then Warning says so; if its end is missing, Partial is set.
//
// gofeed reads RSS and Atom into its own types, from which the Articles are
// made directly: its universal type has no place for <source>, several links
// and languages, and its dates depend on the time zone of the machine.
func Parse(body []byte, contentType, base string, src feed.Source, fetched time.Time) (*feed.Document, error) {
	return parseChanged(context.Background(), body, contentType, base, src, fetched, feed.State{})
}

// parseChanged is Parse with what is known of the Source: items whose hashes are
// known are left out, and cost no more than the hash. It ends soon after ctx does,
// with its error.
func parseChanged(ctx context.Context, body []byte, contentType, base string, src feed.Source, fetched time.Time, state feed.State) (*feed.Document, error) {
	body, damage, err := gunzip(body)
	if err != nil {
		return nil, err
	}
	text, encoding, note := charset.Decode(body, contentType, src)
	r := &reader{ctx: ctx, src: src, base: base, fetched: fetched, known: state.Items, believed: src.TakesForRelay(state), wasRelay: state.Relay, doc: &feed.Document{Charset: encoding}}
	if damage != "" {
		r.doc.Partial = true
		r.note("%s", damage)
	}
	if note != "" {
		r.note("%s", note)
	}
	if trimmed := bytes.TrimSpace(text); len(trimmed) > 0 && trimmed[0] == '{' {
		err = r.readJSON(trimmed)
	} else if root := findRoot(text); root.name == "" {
		err = refuse(body, text, root, base)
	} else {
		if root.junk {
			r.note("text before the document cut off")
		}
		err = r.readXML(text[root.start:], root)
	}
	if stopped := ctx.Err(); stopped != nil {
		return nil, fmt.Errorf("parse document: %w", stopped)
	}
	if err != nil {
		return nil, err
	}
	r.noteExcesses()
	r.doc.Warning = strings.Join(r.notes, "; ")
	return r.doc, nil
}

// A reader makes one Document.
type reader struct {
	ctx     context.Context // of this one Document
	doc     *feed.Document
	src     feed.Source
	base    string // relative links are resolved against it
	fetched time.Time
	known   []feed.ItemHash // of items that need not be read
	notes   []string        // for Document.Warning

	excesses []excess // likewise, counted
	exceeded int      // how often anything was

	believed bool      // true: it is taken for a newswired's if it shows itself as that
	wasRelay bool      // true: it was taken for one before
	relay    *toldHead // what it says then; nil if it does not
	crowded  bool      // true: it tells more Articles than are read

	tag, language string // the language tag last read, and what it is
}

// note adds a sentence to the Warning. Nothing of it is an error: the Articles
// are there.
func (r *reader) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

// readXML reads a Document that begins with its root element, less what need not
// be read.
func (r *reader) readXML(text []byte, root root) error {
	root.start = 0
	r.doc.Format = root.format(startTag(text))
	text, o, err := r.bounded(text, root)
	if err != nil {
		return err
	}
	if o.certain {
		var changed []byte
		changed, o = r.changedXML(text[:o.end], o)
		if len(r.doc.Unchanged) > 0 {
			g, err := readWith(r.ctx, changed, root.name)
			if err == nil && g.articles() == len(o.items) && !filtered(changed) {
				r.articles(g, o, changed)
				return nil
			}
			r.doc.Unchanged, r.known = nil, nil // as if nothing were known
			return r.readXML(text, root)
		}
	}
	return r.readAll(text, o, root)
}

// readAll reads a Document once as it is, and once more repaired if that failed
// or brought fewer Articles than there are tags that begin one. The second result
// counts only if it is not worse.
func (r *reader) readAll(text []byte, o outline, root root) error {
	found := len(o.items)
	if o.headless {
		found++
	}
	g, err := readWith(r.ctx, text, root.name)
	if err != nil || g.articles() < found || o.uneven {
		fixed, lost := repair(text)
		again, err2 := readWith(r.ctx, fixed, root.name)
		switch {
		case err2 == nil && (err != nil || again.articles() >= g.articles()):
			r.repaired(err, lost, again.articles())
			g, o = again, split(fixed, root)
		case err != nil:
			return notAFeed("a document that cannot be read: %s", feed.OneLine(err.Error()))
		}
	}
	n := g.articles()
	if n > maxArticles {
		r.note("only the first %d articles read", maxArticles)
		n, r.doc.Partial = maxArticles, true
		g.cut(n)
	}
	// A Document with nothing in it is a fact that the store would believe; one
	// that could not be read is not.
	switch {
	case n == 0 && (found > 0 || r.doc.Partial):
		return notAFeed("a document cut off or broken before the end of its first article")
	case n == 0 && g.untitled():
		return notAFeed("a document of <%s> with neither title nor articles, not a feed", root.name)
	}
	if n < found && !r.doc.Partial {
		r.lost(n, found)
	}
	if n != len(o.items) { // nobody knows which belongs to which
		o.items = nil
	}
	if filtered(text) {
		forget(o.items)
	}
	r.articles(g, o, text)
	return nil
}

// bounded splits a Document and keeps it within the bounds of what is read at all:
// what is too much is cut off at the beginning of an item, what is too deep or
// too wide is left out.
func (r *reader) bounded(text []byte, root root) ([]byte, outline, error) {
	o := split(text, root)
	if o.spaces > maxSpaces {
		return nil, o, notAFeed("a document with more than %d namespaces, refused", maxSpaces)
	}
	if o.over && len(o.items) < 2 {
		return nil, o, &ParseError{Kind: feed.TooLarge, Reason: fmt.Sprintf("a document with more than %d elements and attributes, refused", maxParts)}
	}
	if last := len(o.items) - 1; o.over && last <= maxArticles {
		r.note("only the first %d articles read, for there are more than %d elements and attributes", last, maxParts)
		text = text[:o.items[last].start]
		o.items, o.certain, r.doc.Partial = o.items[:last], false, true
	} else if found := len(o.items); found > maxArticles {
		r.note("only the first %d of %d articles read", maxArticles, found)
		text = text[:o.items[maxArticles].start]
		o.items, o.certain, r.doc.Partial = o.items[:maxArticles], false, true
	}
	if o.odd {
		fixed, lost := repair(text) // leaves out what is too deep, and instructions
		if text = fixed; lost && !r.doc.Partial {
			r.doc.Partial = true
			r.note("the end is missing")
		}
		switch {
		case o.deep:
			r.note("repaired: more than %d elements within each other", maxDepth)
		case o.wide:
			r.note("repaired: more than %d attributes of one element", maxAttributes)
		default:
			r.note("repaired: a declaration or a date that is none left out")
		}
	}
	return text, o, nil
}

// articles takes what gofeed made of text, whose items the outline has.
func (r *reader) articles(g gofeedDocument, o outline, text []byte) {
	if attr := attribute(startTag(text), "xml:base"); attr != "" {
		r.setBase(attr)
	}
	r.doc.Pace = pace(g)
	if g.atom != nil {
		r.doc.Push = atomPush(r.base, g.atom.Links)
		r.readAtom(g.atom, o, text)
	} else {
		r.doc.Push = rssPush(r.base, g.rss.Extensions)
		r.readRSS(g.rss, o, text)
	}
}

// repaired notes what a repair was for.
func (r *reader) repaired(err error, lost bool, kept int) {
	switch {
	case lost && r.doc.Partial: // as was said
	case lost:
		r.doc.Partial = true
		r.note("the end is missing; %d articles kept", kept)
	case err != nil:
		r.note("repaired: %s", feed.OneLine(err.Error()))
	default:
		r.note("repaired: tags that do not match")
	}
}

// lost notes that of the Articles found only some could be read. What is lost
// may be had with the next poll, if that is not told that nothing changed.
func (r *reader) lost(read, found int) {
	r.doc.Partial = true
	r.note("%d of %d articles could be read", read, found)
}

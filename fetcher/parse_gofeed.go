package fetcher

import (
	"bytes"
	"context"
	"io"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"
)

// A gofeedDocument is what gofeed made of XML; one of the two is nil.
type gofeedDocument struct {
	rss  *rss.Feed
	atom *atom.Feed
}

// articles counts what gofeed found, to be compared with what survey saw: it
// loses some without a word where tags do not match.
func (g gofeedDocument) articles() int {
	switch {
	case g.rss != nil:
		return len(g.rss.Items)
	case g.atom != nil:
		return len(g.atom.Entries)
	}
	return 0
}

// cut leaves the first n.
func (g gofeedDocument) cut(n int) {
	if g.rss != nil {
		g.rss.Items = g.rss.Items[:n]
	} else {
		g.atom.Entries = g.atom.Entries[:n]
	}
}

// untitled reports whether there is nothing by which a feed without Articles
// could be told from some other document with its root element.
func (g gofeedDocument) untitled() bool {
	if g.atom != nil {
		return g.atom.Title+g.atom.ID == "" && len(g.atom.Links) == 0
	}
	return g.rss.Title+g.rss.Description == "" && len(g.rss.Links) == 0
}

// readWith hands text to the parser of gofeed for its root. Both take a reader
// and parse as they go, so text is not copied, and they stop when ctx ends.
func readWith(ctx context.Context, text []byte, name string) (g gofeedDocument, err error) {
	return readFrom(&stoppable{ctx: ctx, in: bytes.NewReader(text)}, name)
}

// readFrom is readWith for a text that comes in pieces.
func readFrom(in io.Reader, name string) (g gofeedDocument, err error) {
	if name == "feed" {
		g.atom, err = new(atom.Parser).Parse(in)
	} else {
		g.rss, err = new(rss.Parser).Parse(in)
	}
	return g, err
}

// A stoppable reader fails once its context has ended.
type stoppable struct {
	ctx context.Context
	in  io.Reader
}

// Read looks at the context first, for gofeed's parsers take none.
func (s *stoppable) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.in.Read(b)
}

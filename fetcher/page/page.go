// Package page reads the web page of an Article.
//
// It stands in for the real reader until that is merged: it takes the paragraphs
// of the first <article>, and nothing else.
package page

import (
	"bytes"
	"html"
	"strings"

	node "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newswired/feed"
)

// A Reason is why the text of a page could not be had: a feed.Kind.
type Reason string

// The reasons.
const (
	NotHTML Reason = "not html"
	Paywall Reason = "paywall"
	NoText  Reason = "no text"
)

// A RefusedError says why a page is not to be kept as an Article's text.
type RefusedError struct {
	Reason Reason
	Text   string // for people
}

// Error returns what there is to say for people.
func (e *RefusedError) Error() string { return e.Text }

// Read reads the body of a page that a URL gave. What is not to be kept is refused
// with a *RefusedError.
func Read(body []byte, contentType, url string, _ feed.Source) (feed.Page, error) {
	if contentType != "" && !strings.Contains(contentType, "html") {
		return feed.Page{}, &RefusedError{NotHTML, "it is of the type " + contentType}
	}
	if bytes.Contains(body, []byte(`"isAccessibleForFree":false`)) {
		return feed.Page{}, &RefusedError{Paywall, "it says that it is for subscribers"}
	}
	root, err := node.Parse(bytes.NewReader(body))
	if err != nil {
		return feed.Page{}, &RefusedError{NotHTML, err.Error()}
	}
	p := feed.Page{URL: url}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Title {
			p.Title = textOf(n)
		}
		if n.DataAtom == atom.Article {
			paragraphs(n, &p)
			break
		}
	}
	if p.Text == "" {
		return feed.Page{}, &RefusedError{NoText, "there is no <article> with paragraphs"}
	}
	p.Credit = feed.ReadCredit(&feed.Article{Content: p.Content})
	return p, nil
}

// textOf returns the text of a node on one line.
func textOf(n *node.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == node.TextNode {
			b.WriteString(c.Data)
		}
	}
	return feed.OneLine(b.String())
}

func paragraphs(article *node.Node, p *feed.Page) {
	var text, content []string
	for n := range article.Descendants() {
		if n.DataAtom != atom.P {
			continue
		}
		if line := textOf(n); line != "" {
			text, content = append(text, line), append(content, "<p>"+html.EscapeString(line)+"</p>")
		}
	}
	p.Text, p.Content = strings.Join(text, "\n\n"), strings.Join(content, "\n")
}

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

// Read reads the body of a page that a URL gave. The error for what has no
// article is a *feed.PageError.
func Read(body []byte, contentType, url string, _ feed.Source) (feed.Page, error) {
	if contentType != "" && !strings.Contains(contentType, "html") {
		return feed.Page{}, &feed.PageError{Kind: feed.NotHTML, Reason: "it is of the type " + contentType}
	}
	if bytes.Contains(body, []byte(`"isAccessibleForFree":false`)) {
		return feed.Page{}, &feed.PageError{Kind: feed.Paywall, Reason: "it says that it is for subscribers"}
	}
	root, err := node.Parse(bytes.NewReader(body))
	if err != nil {
		return feed.Page{}, &feed.PageError{Kind: feed.NotHTML, Reason: err.Error()}
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
		return feed.Page{}, &feed.PageError{Kind: feed.NoText, Reason: "there is no <article> with paragraphs"}
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

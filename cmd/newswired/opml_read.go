package main

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/language"

	"newswired/feed"
)

// An outline is a feed that an OPML file lists.
type outline struct {
	line     int
	title    string
	url      string
	language string
	folder   string // the titles of the outlines around it
}

// readOPML reads what feed readers export. They write "&" as it is in attributes,
// entities of HTML, and attributes in any case; all of that can be understood. An
// error tells the line.
func readOPML(r io.Reader) ([]outline, error) {
	dec := xml.NewDecoder(r)
	dec.Strict, dec.Entity, dec.CharsetReader = false, xml.HTMLEntity, charset.NewReaderLabel
	var all []outline
	var folders []string
	root := ""
	for {
		token, err := dec.Token()
		line, _ := dec.InputPos()
		switch {
		case errors.Is(err, io.EOF) && root == "":
			return nil, errors.New("the file is empty, or no XML; export the subscriptions of your feed reader as OPML")
		case errors.Is(err, io.EOF) && len(folders) == 0:
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("line %d: the XML is broken: %w; export the file anew", line, cmp.Or(err, io.ErrUnexpectedEOF))
		}
		switch t := token.(type) {
		case xml.StartElement:
			if root == "" {
				if root = strings.ToLower(t.Name.Local); root != "opml" {
					return nil, fmt.Errorf("line %d: it begins with <%s>, not with <opml>; this is no list of subscriptions%s", line, t.Name.Local, isFeed(root))
				}
			}
			if strings.EqualFold(t.Name.Local, "outline") {
				o := newOutline(t, line)
				o.folder = strings.Join(folders, " / ")
				folders = append(folders, o.title)
				if o.url != "" {
					all = append(all, o)
				}
			}
		case xml.EndElement:
			if strings.EqualFold(t.Name.Local, "outline") && len(folders) > 0 {
				folders = folders[:len(folders)-1]
			}
		}
	}
}

// isFeed helps who took a feed for a list of feeds.
func isFeed(root string) string {
	if root == "rss" || root == "feed" || root == "rdf" {
		return ": it is a feed itself, add its address to sources"
	}
	return ""
}

// newOutline reads the attributes of an outline. A language that is none is left
// out, for readers write all sorts of words there.
func newOutline(t xml.StartElement, line int) outline {
	o := outline{line: line}
	text := ""
	for _, a := range t.Attr {
		value := oneLine(strings.TrimSpace(a.Value))
		switch strings.ToLower(a.Name.Local) {
		case "xmlurl":
			o.url = value
		case "title":
			o.title = value
		case "text":
			text = value
		case "language":
			if tag, err := language.Parse(value); err == nil {
				o.language = tag.String()
			}
		}
	}
	o.title = cmp.Or(o.title, text)
	return o
}

// sourcesOf returns a list of Sources for the configuration, each under the title
// of its folder, and says which outlines cannot be polled.
func sourcesOf(outlines []outline) (list *yaml.Node, refused []string) {
	list = &yaml.Node{Kind: yaml.SequenceNode}
	names, urls := make(map[string]bool), make(map[string]bool)
	folder := ""
	for _, o := range outlines {
		u, wrong := pollable(o.url)
		if wrong == "" && urls[sameURL(u)] {
			wrong = "it is there already"
		}
		if wrong != "" {
			refused = append(refused, fmt.Sprintf("line %d, %q: %s", o.line, o.title, wrong))
			continue
		}
		urls[sameURL(u)] = true
		source := &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{
			word("name"), word(nameFor(o.title, u, names)),
			word("url"), word(u),
		}}
		if o.title != "" {
			source.Content = append(source.Content, word("outlet"), word(o.title))
		}
		if o.language != "" {
			source.Content = append(source.Content, word("language"), word(o.language))
		}
		if o.folder != folder && o.folder != "" {
			source.HeadComment = "# " + o.folder
		}
		folder = o.folder
		list.Content = append(list.Content, source)
	}
	return list, refused
}

// pollable returns the URL as the configuration takes it, or what is wrong with
// it: feed://a.example/rss and feed:https://a.example/rss are of readers' making.
func pollable(text string) (address, wrong string) {
	if rest, ok := strings.CutPrefix(text, "feed://"); ok {
		text = "http://" + rest
	}
	text = strings.TrimPrefix(text, "feed:")
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || !portIsFine(u.Port()):
		return "", "its address is none that begins with http:// or https://"
	case u.User != nil:
		return "", "its address has a password in it; write the source by hand, with the key credential"
	}
	u.Fragment = ""
	if address = feed.Absolute("", u.String()); address == "" {
		return "", fmt.Sprintf("%q is no host that there can be", u.Hostname())
	}
	return address, ""
}

// nameFor makes a name that no other has of a title, or of the host where that
// has no Latin letters:
//
//	The Korea Herald    https://www.koreaherald.com/rss    the-korea-herald
//	한겨레               https://www.hani.co.kr/rss         hani-co-kr
//	한겨레               https://www.hani.co.kr/rss2        hani-co-kr-2
func nameFor(title, address string, taken map[string]bool) string {
	slug := func(s string) string { return strings.Trim(notName.ReplaceAllString(strings.ToLower(s), "-"), "-") }
	name := slug(title)
	if u, err := url.Parse(address); err == nil && strings.Trim(name, "-0123456789") == "" {
		name = slug(strings.TrimPrefix(u.Hostname(), "www."))
	}
	name = cmp.Or(name, "source")
	unique := name
	for n := 2; taken[unique]; n++ {
		unique = name + "-" + strconv.Itoa(n)
	}
	taken[unique] = true
	return unique
}

// word is a text in YAML, in quotes where it needs them.
func word(text string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(text)
	return n
}

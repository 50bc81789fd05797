package render

import (
	"cmp"
	"encoding/xml"
	"html"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"newswired/feed"
)

// rssDate is RFC 822 with a year of four digits, as RSS 2.0 asks for it.
const rssDate = time.RFC1123Z

// An rssRoot declares the namespaces once, by prefixes that readers which
// compare prefixes instead of namespaces know.
type rssRoot struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Content string   `xml:"xmlns:content,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Dublin  string   `xml:"xmlns:dc,attr"`
	Media   string   `xml:"xmlns:media,attr"`
	History string   `xml:"xmlns:fh,attr,omitempty"`
	Relay   string   `xml:"xmlns:nw,attr,omitempty"`
	Channel *rssChannel
}

// An rssChannel is feeds.RssFeed with links to itself and to archives. A field here
// hides the embedded one of the same XML name.
type rssChannel struct {
	feeds.RssFeed
	Title       rssText `xml:"title"`
	Description rssText `xml:"description"`
	Links       []rssLink
	Archive     *empty `xml:"fh:archive"`
	Relay       *relayHead
	Items       []rssItem `xml:"item"`
}

// An rssLink is Atom's link in a document of RSS.
type rssLink struct {
	XMLName xml.Name `xml:"atom:link"`
	Rel     string   `xml:"rel,attr"`
	Href    string   `xml:"href,attr"`
	Type    string   `xml:"type,attr,omitempty"`
	Title   string   `xml:"title,attr,omitempty"`
}

// An rssItem is feeds.RssItem with all authors and categories, a source with
// its URL, and more than one enclosure. Authors go out as dc:creator, because
// RSS takes an author for an address of e-mail.
type rssItem struct {
	feeds.RssItem
	Title      rssText    `xml:"title"`
	Link       string     `xml:"link,omitempty"`
	Creators   []string   `xml:"dc:creator"`
	Language   string     `xml:"dc:language,omitempty"`
	Categories []string   `xml:"category"`
	Source     *rssSource `xml:"source"`
	Related    []rssLink
	Media      []mediaContent
	Thumbnail  *thumbnail
	Relay      *relayStory
}

// An rssText is plain text where readers disagree whether it is HTML. The RSS
// profile's way out is to write < and & as hexadecimal references: those who
// decode too often or too rarely are least wrong with them. What goes in must
// be clean, for encoding/xml passes it on as it is.
type rssText struct {
	XML string `xml:",innerxml"`
}

// hexadecimal escapes as rssText promises.
var hexadecimal = strings.NewReplacer("&", "&#x26;", "<", "&#x3C;", ">", "&#x3E;")

// plainText escapes s; quotes may stand in an element as they are.
func plainText(s string) rssText { return rssText{XML: hexadecimal.Replace(s)} }

// An rssSource names the outlet of the Copy shown, and where its Document is,
// which RSS demands and gorilla/feeds leaves out.
type rssSource struct {
	URL  string `xml:"url,attr"`
	Name string `xml:",chardata"`
}

// A mediaContent is Media RSS's enclosure, of which there may be many.
type mediaContent struct {
	XMLName xml.Name `xml:"media:content"`
	URL     string   `xml:"url,attr"`
	Type    string   `xml:"type,attr"`
	Size    int64    `xml:"fileSize,attr,omitempty"`
}

// rssDocument fills in what RSS demands of a channel: title, link, description.
func rssDocument(head masthead, sheets []sheet) *rssRoot {
	generator := head.Generator
	if head.Version != "" {
		generator += " " + head.Version
	}
	channel := &rssChannel{
		RssFeed: feeds.RssFeed{
			Link:          head.Page,
			Language:      head.language,
			LastBuildDate: head.updated.Format(rssDate),
			Generator:     generator,
		},
		Title:       plainText(head.Title),
		Description: plainText(cmp.Or(head.Description, head.Title)), // required
		Links:       []rssLink{{Rel: "self", Href: head.Self, Type: RSS.MediaType()}},
	}
	for _, r := range head.relations() {
		channel.Links = append(channel.Links, rssLink{Rel: r.rel, Href: r.url})
	}
	for i := range sheets {
		channel.Items = append(channel.Items, newRSSItem(&sheets[i]))
	}
	root := &rssRoot{
		Version: "2.0",
		Content: contentNamespace, Atom: atomNamespace, Dublin: dublinNamespace, Media: mediaNamespace,
		Channel: channel,
	}
	if head.relay != nil {
		root.Relay, channel.Relay = feed.RelayNamespace, head.relay
	}
	if head.Archive {
		root.History, channel.Archive = historyNamespace, &empty{}
	}
	return root
}

// newRSSItem puts the body into description alone where there is no summary, so
// that a reader that knows only RSS 2.0 shows all there is. Both are HTML, and
// the summary is text: hence it is escaped.
func newRSSItem(s *sheet) rssItem {
	item := rssItem{
		RssItem: feeds.RssItem{
			Description: s.body,
			Guid:        &feeds.RssGuid{Id: s.id, IsPermaLink: "false"},
			PubDate:     s.published.Format(rssDate),
		},
		Title:      plainText(s.Title),
		Link:       s.Link,
		Language:   s.Language,
		Categories: s.categories,
		Thumbnail:  newThumbnail(s.image),
		Relay:      s.relay,
	}
	if s.summary != "" {
		item.Description = html.EscapeString(s.summary)
		item.Content = &feeds.RssContent{Content: s.body}
	}
	for _, p := range s.authors {
		item.Creators = append(item.Creators, p.Name)
	}
	if s.sourceURL != "" {
		item.Source = &rssSource{URL: s.sourceURL, Name: s.Outlet}
	}
	for _, c := range s.Carriers {
		item.Related = append(item.Related, rssLink{Rel: "related", Href: c.Link, Title: c.Outlet + ": " + c.Title})
	}
	addMedia(&item, s)
	return item
}

// addMedia makes the first file the enclosure, since readers take only one, and
// media:content of the others. A length of 0 says that it is not known.
func addMedia(item *rssItem, s *sheet) {
	for i, e := range s.enclosures {
		if i == 0 {
			item.Enclosure = &feeds.RssEnclosure{Url: e.URL, Type: e.Type, Length: strconv.FormatInt(e.Length, 10)}
			continue
		}
		item.Media = append(item.Media, mediaContent{URL: e.URL, Type: e.Type, Size: e.Length})
	}
}

package render

import (
	"github.com/gorilla/feeds"
)

// A jsonFeed is feeds.JSONFeed whose items are there even when there are none,
// as JSON Feed 1.1 demands. NextUrl is where the items are that came before.
type jsonFeed struct {
	feeds.JSONFeed
	Hubs  []jsonHub  `json:"hubs,omitempty"`
	Relay *relayHead `json:"_newswired,omitempty"`
	Items []jsonItem `json:"items"`
}

// A jsonHub is what is told of changes, by the name of its protocol.
type jsonHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

// A jsonItem is feeds.JSONItem with a language, with files of any length, and
// with our extension, whose name begins with an underscore as the specification
// asks.
type jsonItem struct {
	feeds.JSONItem
	Language    string           `json:"language,omitempty"`
	Attachments []jsonAttachment `json:"attachments,omitempty"`
	Newswired   *jsonExtension   `json:"_newswired,omitempty"`
}

// A jsonAttachment is feeds.JSONAttachment, whose size ends at 2 GiB.
type jsonAttachment struct {
	URL  string `json:"url"`
	Type string `json:"mime_type"`
	Size int64  `json:"size_in_bytes,omitempty"`
}

// A jsonExtension says who carries the Story, which JSON Feed has no word for.
type jsonExtension struct {
	Outlet   string        `json:"outlet,omitempty"`
	Source   string        `json:"source,omitempty"` // URL of its Document
	Carriers []jsonCarrier `json:"carriers,omitempty"`
	*relayStory
}

// A jsonCarrier is a Carrier by the names that JSON Feed would have chosen.
type jsonCarrier struct {
	Outlet string `json:"outlet"`
	URL    string `json:"url"`
	Title  string `json:"title"`
}

// jsonDocument makes the list of items before there is one: a nil slice would
// come out as null.
func jsonDocument(head masthead, sheets []sheet) *jsonFeed {
	doc := &jsonFeed{
		JSONFeed: feeds.JSONFeed{
			Version:     "https://jsonfeed.org/version/1.1",
			Title:       head.Title,
			Description: head.Description,
			Language:    head.language,
			HomePageUrl: head.Page,
			FeedUrl:     head.Self,
			NextUrl:     head.Former,
			Authors:     []*feeds.JSONAuthor{{Name: head.Title, Url: head.Base}},
		},
		Items: make([]jsonItem, len(sheets)),
		Relay: head.relay,
	}
	for _, hub := range head.Hubs {
		doc.Hubs = append(doc.Hubs, jsonHub{Type: "WebSub", URL: hub})
	}
	for i := range sheets {
		doc.Items[i] = newJSONItem(&sheets[i])
	}
	return doc
}

// newJSONItem gives the page as url, which readers open, and as external_url,
// for it is not ours. The old "author" is not written: readers of version 1 do
// without, and those of 1.1 would take it for another person.
func newJSONItem(s *sheet) jsonItem {
	published, updated := s.published, s.updated
	item := jsonItem{
		JSONItem: feeds.JSONItem{
			Id:            s.id,
			Url:           s.Link,
			ExternalUrl:   s.Link,
			Title:         s.Title,
			ContentHTML:   s.body,
			Summary:       s.summary,
			Image:         s.image,
			PublishedDate: &published,
			ModifiedDate:  &updated,
			Tags:          s.categories,
		},
		Language: s.Language,
	}
	for _, p := range s.authors {
		item.Authors = append(item.Authors, &feeds.JSONAuthor{Name: p.Name, Url: p.URL})
	}
	for _, e := range s.enclosures {
		item.Attachments = append(item.Attachments, jsonAttachment{URL: e.URL, Type: e.Type, Size: e.Length})
	}
	if s.Outlet != "" {
		item.Newswired = &jsonExtension{Outlet: s.Outlet, Source: s.sourceURL, relayStory: s.relay}
		for _, c := range s.Carriers {
			item.Newswired.Carriers = append(item.Newswired.Carriers, jsonCarrier{c.Outlet, c.Link, c.Title})
		}
	}
	return item
}

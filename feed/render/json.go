package render

import (
	"math"

	"github.com/gorilla/feeds"
)

// A jsonFeed is feeds.JSONFeed whose items are there even when there are none,
// as JSON Feed 1.1 demands.
type jsonFeed struct {
	feeds.JSONFeed
	Items []jsonItem `json:"items"`
}

// A jsonItem is feeds.JSONItem with a language and with our extension, whose
// name begins with an underscore as the specification asks.
type jsonItem struct {
	feeds.JSONItem
	Language  string         `json:"language,omitempty"`
	Newswired *jsonExtension `json:"_newswired,omitempty"`
}

// A jsonExtension says who carries the Story, which JSON Feed has no word for.
type jsonExtension struct {
	Outlet   string        `json:"outlet,omitempty"`
	Source   string        `json:"source,omitempty"` // URL of its Document
	Carriers []jsonCarrier `json:"carriers,omitempty"`
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
			Authors:     []*feeds.JSONAuthor{{Name: head.Title, Url: head.Base}},
		},
		Items: make([]jsonItem, len(sheets)),
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
		a := feeds.JSONAttachment{Url: e.URL, MIMEType: e.Type}
		if e.Length <= math.MaxInt32 { // the struct's Size holds no more
			a.Size = int32(e.Length)
		}
		item.Attachments = append(item.Attachments, a)
	}
	if s.Outlet != "" {
		item.Newswired = &jsonExtension{Outlet: s.Outlet, Source: s.sourceURL}
		for _, c := range s.Carriers {
			item.Newswired.Carriers = append(item.Newswired.Carriers, jsonCarrier{c.Outlet, c.Link, c.Title})
		}
	}
	return item
}

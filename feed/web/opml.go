package web

import (
	"net/http"

	"newswired/feed"
	"newswired/feed/render"
)

// outline is the list of feeds for readers to subscribe to at once. OPML has no
// registered media type; this is what readers ask for.
var outline = kind{contentType: "text/x-opml; charset=utf-8", cache: "public, max-age=3600", open: true}

// opml lists feeds by their Atom, the format that says most. Addresses of those with
// keys have the query that opens them; a public one has no need to carry a secret.
func (m *maker) opml(feeds []feed.Feed, keys map[string][]Key, query string) ([]byte, error) {
	all := make([]render.Subscription, len(feeds))
	for i, f := range feeds {
		d := document{feed: f, format: render.Atom}
		if _, private := keys[f.Name]; private {
			d.query = query
		}
		page := d
		page.page = true
		all[i] = render.Subscription{Title: f.Title, Description: f.Description, URL: m.url(d), Page: m.url(page)}
	}
	return render.OPML("Feeds of newswired at "+m.base, all)
}

// serveOpened answers /opml for who shows a secret: with the private feeds that
// it opens, which nobody on the way may keep.
func (r *routes) serveOpened(w http.ResponseWriter, req *http.Request, p presented) error {
	var feeds []feed.Feed
	for _, f := range r.all {
		if keys, private := r.keys[f.Name]; !private || opens(keys, p) {
			feeds = append(feeds, f)
		}
	}
	if len(feeds) == len(r.public) {
		challenge(w)
		return nil
	}
	text, err := r.maker.opml(feeds, r.keys, p.query())
	if err != nil {
		return err
	}
	h := w.Header()
	for _, f := range guards {
		h[f.name] = f.value
	}
	h.Set("Content-Type", outline.contentType)
	h.Set("Cache-Control", "private, no-store")
	if req.Method != http.MethodHead {
		_, _ = w.Write(text) // a client that has gone away needs no answer
	}
	return nil
}

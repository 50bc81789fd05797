package fetcher

import (
	"net/http"
	"strings"

	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"

	"newswired/feed"
)

// linkFields returns what the Link fields of an answer say of who tells of its
// changes (RFC 8288, WebSub section 4). There may be several fields, and several
// links in each; a link about something else than the answer (anchor) is not for
// us.
func linkFields(h http.Header, base string) (p feed.Push) {
	for _, field := range h.Values("Link") {
		for field != "" {
			var link string
			link, field = cutLink(field)
			target, params, found := strings.Cut(link, ">")
			_, target, begins := strings.Cut(target, "<")
			if rel, anchored := relation(params); found && begins && !anchored {
				addPush(&p, base, rel, strings.TrimSpace(target))
			}
		}
	}
	return p
}

// cutLink cuts a field after its first link. Commas within a URL or within
// quotes part nothing.
func cutLink(field string) (link, rest string) {
	within := byte(0)
	for i := 0; i < len(field); i++ {
		switch c := field[i]; {
		case within == '"' && c == '\\':
			i++
		case within != 0:
			if c == within {
				within = 0
			}
		case c == '<':
			within = '>'
		case c == '"':
			within = '"'
		case c == ',':
			return field[:i], field[i+1:]
		}
	}
	return field, ""
}

// relation returns the value of the first rel of a link's parameters (RFC 8288
// section 3.3), and whether there is an anchor.
func relation(params string) (rel string, anchored bool) {
	found := false
	for params != "" {
		var param string
		param, params = cutParam(params)
		name, value, _ := strings.Cut(param, "=")
		value = strings.Trim(strings.TrimSpace(value), `"`)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "rel":
			if !found {
				rel, found = value, true
			}
		case "anchor":
			anchored = true
		}
	}
	return rel, anchored
}

// cutParam cuts after the first parameter.
func cutParam(params string) (param, rest string) {
	quoted := false
	for i := 0; i < len(params); i++ {
		switch c := params[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == ';' && !quoted:
			return params[:i], params[i+1:]
		}
	}
	return params, ""
}

// addPush notes a link if one of its relations is hub or self.
func addPush(p *feed.Push, base, rel, ref string) {
	for _, r := range strings.Fields(rel) {
		switch {
		case strings.EqualFold(r, "hub"):
			p.AddHub(absolute(base, ref))
		case strings.EqualFold(r, "self"):
			p.SetTopic(absolute(base, ref))
		}
	}
}

// atomPush reads the links of an Atom feed.
func atomPush(base string, links []*atom.Link) (p feed.Push) {
	for _, l := range links {
		addPush(&p, base, l.Rel, l.Href)
	}
	return p
}

// rssPush reads the Atom links in the channel of RSS and RDF.
func rssPush(base string, x ext.Extensions) (p feed.Push) {
	for _, l := range x["atom"]["link"] {
		addPush(&p, base, l.Attrs["rel"], l.Attrs["href"])
	}
	return p
}

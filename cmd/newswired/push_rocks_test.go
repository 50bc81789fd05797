package main

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// The tests of subscribers of websub.rocks, by their numbers.

const (
	hubField  = `<http://hub.localhost/>; rel="hub"`
	selfField = `<http://wire.example/rss>; rel="self"`
)

// subscribed compares the topic that the hub was asked for, and that it was
// verified.
func (r *pushRig) subscribed(topic string) {
	r.t.Helper()
	if len(r.hub.callbacks()) != 1 || r.hub.last().Get("hub.topic") != topic {
		r.t.Errorf("%d callbacks, asked %v", len(r.hub.callbacks()), r.hub.asked)
	}
	r.want(push, "live")
}

// Discovery (100, 102, 103, 104 and what the specification has beside them): the
// Link fields, several of them or one, before the links of the Document, which
// are those of Atom, RSS, RDF and JSON Feed.
func TestRocks100To104Discovery(t *testing.T) {
	t.Parallel()
	atomDoc := func(links string) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>w</id>` + links + `<entry><id>1</id><title>One</title></entry></feed>`
	}
	atomLinks := `<link rel="hub" href="http://hub.localhost/"/><link rel="self" href="http://wire.example/rss"/>`
	jsonDoc := `{"version":"https://jsonfeed.org/version/1.1","title":"Wire","feed_url":"http://wire.example/rss",
		"hubs":[{"type":"rssCloud","url":"http://cloud.example/"},{"type":"WebSub","url":"http://hub.localhost/"}],"items":[{"id":"1","content_text":"One"}]}`
	rdfDoc := `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:a="http://www.w3.org/2005/Atom">
		<channel rdf:about="http://wire.example/"><title>Wire</title><a:link rel="hub" href="http://hub.localhost/"/><a:link rel="self" href="http://wire.example/rss"/></channel>
		<item rdf:about="http://wire.example/1"><title>One</title><link>http://wire.example/1</link></item></rdf:RDF>`
	const topic = "http://wire.example/rss"
	for _, c := range []struct {
		name   string
		fields []string
		doc    string
		topic  string
	}{
		{"100 two fields", []string{hubField, selfField}, rssDoc("", 1), topic},
		{"100 one field", []string{hubField + ", " + selfField}, rssDoc("", 1), topic},
		{"100 unquoted, in capitals, relative, other parameters", []string{`<http://wire.example/a,b>; title="x, <y>; rel=hub", <http://hub.localhost/>;REL=HUB`, `</rss>; type="a/b;c" ; rel="alternate self"`}, rssDoc("", 1), topic},
		{"100 hub without self", []string{hubField}, rssDoc("", 1), topic},
		{"100 a link of another page", []string{`<http://other.localhost/>; rel=hub; anchor="/x"`, hubField, selfField}, rssDoc("", 1), topic},
		{"102 Atom", nil, atomDoc(atomLinks), topic},
		{"103 RSS", nil, rssDoc(hubLinks, 1), topic},
		{"103 RDF", nil, rdfDoc, topic},
		{"103 JSON Feed", nil, jsonDoc, topic},
		{"104 the fields first", []string{hubField, selfField}, atomDoc(strings.NewReplacer("hub.localhost/", "hub.localhost/wrong", "/rss", "/wrong").Replace(atomLinks)), topic},
		{"several hubs, of which the first is not safe", nil, rssDoc(`<atom:link rel="hub" href="ftp://hub.localhost/"/>`+hubLinks, 1), topic},
	} {
		t.Run(c.name, func(t *testing.T) {
			inPush(t, func(r *pushRig) {
				r.pub.set(c.doc, c.fields...)
				r.begin()
				r.subscribed(c.topic)
			})
		})
	}
}

// 101: a page in HTML may name a hub, but is no feed: it is refused as a Source,
// and not subscribed to.
func TestRocks101HTML(t *testing.T) {
	inPush(t, func(r *pushRig) {
		r.pub.kind = "text/html"
		r.pub.set(`<!DOCTYPE html><html><head><link rel="hub" href="http://hub.localhost/"><link rel="self" href="/rss"></head><body>news</body></html>`)
		r.begin()
		r.requests()
		r.want("SELECT last_error LIKE '%not a feed%' FROM sources", "1")
	})
}

// 200: the topic is what the Document calls itself, not where it was found.
func TestRocks200OtherSelf(t *testing.T) {
	inPush(t, func(r *pushRig) {
		r.pub.set(rssDoc("", 1), hubField, `<http://wire.example/rss?self=other>; rel="self"`)
		r.begin()
		r.subscribed("http://wire.example/rss?self=other")
	})
}

// 201 and 202: a redirected topic counts as what is found in the end.
func TestRocks201And202RedirectedTopic(t *testing.T) {
	for number, status := range map[string]int{"201": http.StatusFound, "202": http.StatusMovedPermanently} {
		t.Run(number, func(t *testing.T) {
			inPush(t, func(r *pushRig) {
				r.pub.path, r.pub.status = "/complete", status
				r.pub.set(rssDoc("", 1), hubField, `</complete>; rel="self"`)
				r.begin()
				r.subscribed("http://wire.example/complete")
			})
		})
	}
}

// 203 and 204: a hub that has moved is asked where it is. One that would have
// the form sent as another method is not.
func TestRocks203And204RedirectedHub(t *testing.T) {
	for number, status := range map[string]int{"203": http.StatusTemporaryRedirect, "204": http.StatusPermanentRedirect, "302": http.StatusFound} {
		t.Run(number, func(t *testing.T) {
			inPush(t, func(r *pushRig) {
				r.hub.redirect = status
				r.begin()
				if status == http.StatusFound {
					r.requests()
					r.want(push, "failing")
					return
				}
				r.subscribed("http://wire.example/rss")
			})
		})
	}
}

// 205: a verification of another topic, or of what was never asked for, finds
// nothing.
func TestRocks205InvalidTopic(t *testing.T) {
	inPush(t, func(r *pushRig) {
		r.hub.topic = "http://wire.example/rss?invalid"
		r.begin()
		if !slices.Equal(r.hub.trace, []string{"subscribe 404"}) || len(r.hub.callbacks()) != 0 {
			t.Errorf("verifications: %q", r.hub.trace)
		}
		callback := r.hub.last().Get("hub.callback")
		for _, query := range []string{
			"hub.mode=unsubscribe&hub.topic=http%3A%2F%2Fwire.example%2Frss&hub.challenge=x",
			"hub.mode=subscribe&hub.topic=http%3A%2F%2Fwire.example%2Frss",
			"hub.mode=publish&hub.topic=http%3A%2F%2Fwire.example%2Frss&hub.challenge=x",
			"",
		} {
			if status, _ := r.hub.get(callback + "?" + query); status != http.StatusNotFound {
				t.Errorf("%s: status %d", query, status)
			}
		}
		r.want(push, "asked")
		r.wait(11 * time.Minute)
		r.want(push, "failing")
	})
}

// 300: what is delivered is acknowledged, and in the feed at once. What is not
// in the delivery stands where it stood.
func TestRocks300Delivery(t *testing.T) {
	inPush(t, func(r *pushRig) {
		r.begin()
		for _, method := range []string{"sha256", "sha384", "sha512"} {
			r.publish(ping{body: rssDoc(hubLinks, 2+strings.Index("sha256sha384sha512", method)/6), method: method}, http.StatusAccepted)
		}
		r.want(news, "4")
		r.want("SELECT count(*) FROM entries", "4")
		r.want("SELECT count(*) FROM articles WHERE left_document IS NOT NULL", "0")
		r.want("SELECT group_concat(via || new) FROM fetches", "poll1,push1,push1,push1")
		r.want("SELECT count FROM fetches WHERE via = 'poll'", "1")
		if n := r.pub.asked(); n != 1 {
			t.Errorf("polled %d times", n)
		}
		r.want(push, "trusted")
		all, err := r.server.store.Sources(context.Background())
		if err != nil || all[0].Push != "trusted" || time.Until(all[0].PushedUntil) < 9*24*time.Hour || time.Since(all[0].LastPush) > time.Minute {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

// 301 and 302: without the right signature nothing is taken, and SHA-1 is none.
func TestRocks301And302BadSignature(t *testing.T) {
	inPush(t, func(r *pushRig) {
		r.begin()
		for _, method := range []string{"wrong", "none", "sha1"} {
			r.publish(ping{body: rssDoc(hubLinks, 2), method: method}, http.StatusForbidden)
		}
		r.want(news, "1")
		r.want(push, "live")
		r.want("SELECT count(*) FROM fetches WHERE via = 'push'", "0")
		r.want("SELECT dropped FROM subscription", "3")
		r.publish(ping{body: rssDoc(hubLinks, 2)}, http.StatusAccepted)
		r.want(news, "2")
	})
}

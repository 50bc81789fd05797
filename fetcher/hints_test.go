package fetcher

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for field, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "0": 0, "-1": 0, "soon": 0, "2 minutes": 0,
		"99999999999999999999":           longest,
		"-99999999999999999999":          0,
		"Sun, 01 Mar 2026 09:05:00 GMT":  5 * time.Minute, // the three forms of RFC 9110 section 5.6.7
		"Sunday, 01-Mar-26 09:05:00 GMT": 5 * time.Minute,
		"Sun Mar  1 09:05:00 2026":       5 * time.Minute,
		"Sun, 01 Mar 2026 08:00:00 GMT":  0,
	} {
		if got := retryAfter(field, now); got != want {
			t.Errorf("%q: %s, want %s", field, got, want)
		}
	}
}

func TestReadHints(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		fields          string
		maxAge, expires time.Duration
	}{
		{"", 0, 0},
		{"Cache-Control: max-age=900", 15 * time.Minute, 0},
		{"Cache-Control: public, MAX-AGE = \"900\"", 15 * time.Minute, 0},
		{"Cache-Control: no-cache\nCache-Control: max-age=900, max-age=60", 15 * time.Minute, 0},
		{"Cache-Control: s-maxage=900", 0, 0},
		{"Cache-Control: max-age=-1", 0, 0},
		{"Cache-Control: max-age=99999999999999999999", longest, 0},
		{"Cache-Control: max-age=31536000\nAge: 864000", 355 * 24 * time.Hour, 0},
		{"Cache-Control: max-age=900\nAge: 600", 5 * time.Minute, 0},
		{"Cache-Control: max-age=900\nAge: 901", 0, 0},
		{"Expires: Sun, 01 Mar 2026 09:30:00 GMT", 0, 30 * time.Minute},
		{"Expires: Sun, 01 Mar 2026 12:30:00 GMT\nDate: Sun, 01 Mar 2026 12:00:00 GMT", 0, 30 * time.Minute}, // its clock is wrong
		{"Expires: Sun, 01 Mar 2026 09:30:00 GMT\nAge: 60", 0, 29 * time.Minute},
		{"Expires: Thu, 01 Jan 1970 00:00:00 GMT", 0, 0},
		{"Expires: 0", 0, 0},
	} {
		h := make(http.Header)
		for line := range strings.Lines(c.fields) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			h.Add(name, value)
		}
		if got := readHints(h, now); got.maxAge != c.maxAge || got.expires != c.expires {
			t.Errorf("%q: %+v", c.fields, got)
		}
	}
}

// What a Document says about when to come again, in every way that there is.
func TestPace(t *testing.T) {
	const hour, day = time.Hour, 24 * time.Hour
	rss := func(head string) string {
		return `<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>W</title>` + head + `<item><title>One</title></item></channel></rss>`
	}
	for _, c := range []struct {
		text string
		want feed.Pace
	}{
		{rss(""), feed.Pace{}},
		{rss("<ttl> 60 </ttl>"), feed.Pace{TTL: hour}},
		{rss("<ttl>soon</ttl>"), feed.Pace{}},
		{rss("<ttl>-5</ttl>"), feed.Pace{}},
		{rss("<ttl>99999999999999999999</ttl>"), feed.Pace{TTL: longest}},
		{rss("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"), feed.Pace{Update: 15 * time.Minute}},
		{rss("<sy:updatePeriod> Daily </sy:updatePeriod>"), feed.Pace{Update: day}},
		{rss("<sy:updateFrequency>2</sy:updateFrequency>"), feed.Pace{Update: day / 2}},
		{rss("<sy:updatePeriod>often</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>"), feed.Pace{}},
		{rss("<skipHours><hour>0</hour><hour>23</hour><hour>25</hour></skipHours>"), feed.Pace{SkipHours: 1 | 1<<23}},
		{rss("<skipHours><hour>24</hour></skipHours>"), feed.Pace{SkipHours: 1}},
		{rss("<skipDays><day>Sunday</day><day> saturday </day><day>Someday</day></skipDays>"), feed.Pace{SkipDays: 1 | 1<<6}},
		{`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>W</title><sy:updatePeriod>hourly</sy:updatePeriod></channel><item><title>One</title></item></rdf:RDF>`, feed.Pace{Update: hour}},
		{`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><title>W</title><sy:updatePeriod>hourly</sy:updatePeriod><entry><title>One</title></entry></feed>`, feed.Pace{Update: hour}},
	} {
		doc, err := Parse([]byte(c.text), "text/xml", "http://wire.example/", feed.Source{}, time.Now())
		if err != nil || doc.Pace != c.want {
			t.Errorf("%s: %+v, %v", c.text, doc.Pace, err)
			continue
		}
		less, err := parseChanged(t.Context(), []byte(c.text), "text/xml", "http://wire.example/", feed.Source{}, time.Now(), feed.State{Known: true, Items: doc.Items})
		if err != nil || len(less.Unchanged) != 1 || less.Pace != c.want {
			t.Errorf("%s, less its item: %+v, %v", c.text, less, err)
		}
	}
}

// What an answer says is what decides, whatever its status, and stays what it
// was when the Document is not modified.
func TestHintsHold(t *testing.T) {
	ttl := strings.Replace(one, "<item>", "<ttl>120</ttl><item>", 1)
	answer := func(status int, fields, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for line := range strings.Lines(fields) {
				name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
				w.Header().Set(name, value)
			}
			says(status, "|", text)(w, nil)
		}
	}
	s := &script{answers: []http.HandlerFunc{
		answer(200, "ETag: 1", one),
		answer(200, "", one),
		answer(200, "Cache-Control: max-age=7200", one),
		answer(200, "Expires: "+time.Now().Add(3*time.Hour).UTC().Format(http.TimeFormat), one),
		answer(200, "ETag: 2", ttl),
		answer(304, "ETag: 2", ""),
		answer(200, "ETag: 3", ttl),
		answer(200, "Retry-After: 86400", ttl),
		answer(503, "Retry-After: 86400", ""),
		answer(503, "", ""),
		answer(429, "Retry-After: 3600\nCache-Control: max-age=7300", ""),
		answer(403, "", ""),
		answer(403, "Cf-Mitigated: challenge\nContent-Type: text/html", "<html>"),
		answer(503, "Cf-Mitigated: challenge\nContent-Type: text/html", "<html>"),
		answer(410, "", ""),
	}}
	b := newBench(t, Options{Allow: loopback}, s.serve)
	for i, want := range []struct {
		reason feed.Reason
		kind   feed.Kind
		least  time.Duration
	}{
		{feed.BySchedule, feed.OK, 0},
		{feed.ByValidators, feed.OK, time.Hour},
		{feed.ByMaxAge, feed.OK, 2 * time.Hour},
		{feed.ByExpires, feed.OK, 3*time.Hour - 2*time.Second},
		{feed.ByTTL, feed.OK, 2 * time.Hour},
		{feed.ByTTL, feed.OK, 2 * time.Hour},
		{feed.ByTTL, feed.OK, 2 * time.Hour},
		{feed.ByRetryAfter, feed.OK, 24 * time.Hour},
		{feed.ByRetryAfter, feed.BadStatus, 24 * time.Hour},
		{feed.ByTTL, feed.BadStatus, 2 * time.Hour},
		{feed.ByMaxAge, feed.BadStatus, 7300 * time.Second},
		{feed.ByRefusal, feed.BadStatus, 4 * time.Hour},
		{feed.ByChallenge, feed.Challenge, 6 * time.Hour},
		{feed.ByChallenge, feed.Challenge, 6 * time.Hour},
		{feed.ByGone, feed.Gone, 0},
	} {
		p := b.ask("/")
		wait := p.NextFetch.Sub(p.Started)
		if p.NextReason != want.reason || p.Kind != want.kind || wait < want.least && want.kind != feed.Gone || wait > want.least+want.least/10+time.Minute {
			t.Errorf("answer %d: next after %s because of %s, %q; want %s because of %s", i+1, wait, p.NextReason, p.Error, want.least, want.reason)
		}
	}
}

// What is gone is left alone, until a person asks and it is there again.
func TestGone(t *testing.T) {
	s := &script{answers: []http.HandlerFunc{says(410, "|", ""), says(410, "|", ""), says(200, `"1"|`, one), says(304, `"1"|`, "")}}
	b := newBench(t, Options{Allow: loopback}, s.serve)
	src := feed.Source{Name: "wire", URL: b.url}
	for i, step := range []struct {
		urgency Urgency
		asked   int
		stopped bool
	}{
		{Scheduled, 1, false}, {Scheduled, 1, true}, {Manual, 2, false}, {Scheduled, 2, true}, {Manual, 3, false}, {Scheduled, 4, false},
	} {
		r, err := b.Poll(context.Background(), src, step.urgency)
		if err != nil || r.Stopped != step.stopped || len(s.asked) != step.asked {
			t.Errorf("step %d: %+v, asked %d times, %v", i+1, r, len(s.asked), err)
		}
	}
}

// A person who polls in spite of a hint is told of it, and of our own schedule
// not.
func TestDespite(t *testing.T) {
	now := time.Now()
	b := newBench(t, Options{Allow: loopback}, body(one))
	for _, reason := range []feed.Reason{feed.ByMaxAge, feed.ByValidators, feed.BySchedule} {
		b.store.states["wire"] = feed.State{NextFetch: now.Add(time.Hour), NextReason: reason}
		r, err := b.Poll(context.Background(), feed.Source{Name: "wire", URL: b.url}, Manual)
		if told := !r.Despite.At.IsZero(); err != nil || told == reason.Ours() || told && r.Despite.Reason != reason {
			t.Errorf("%s: despite %+v, %v", reason, r.Despite, err)
		}
	}
}

// A Source with the schedule auto is asked again by its rhythm, sooner if it was
// late, and hourly at most if nothing tells its rhythm yet.
func TestAdaptive(t *testing.T) {
	b := newBench(t, Options{Allow: loopback}, says(200, `"1"|`, one))
	src := feed.Source{Name: "wire", URL: b.url, Schedule: feed.Auto}
	busy := make(feed.Rhythm)
	for h := range int64(14 * 24) {
		busy[time.Now().Unix()/3600-1-h] = 1
	}
	for _, c := range []struct {
		name                string
		last                time.Duration // how long ago it was polled; 0 is never
		rhythm              feed.Rhythm
		least, most, sooner time.Duration
	}{
		{"new", 0, nil, time.Hour, 66 * time.Minute, time.Hour},
		{"quiet", 6 * time.Hour, nil, feed.MaxInterval, feed.MaxInterval + 5*time.Minute, 3 * time.Hour},
		{"one an hour", 20 * time.Minute, busy, 18 * time.Minute, 22 * time.Minute, 10 * time.Minute},
		{"one an hour, late", 48 * time.Hour, busy, 18 * time.Minute, 22 * time.Minute, 18 * time.Minute},
		{"just polled", time.Minute, busy, 18 * time.Minute, 22 * time.Minute, feed.MinInterval},
	} {
		state := feed.State{Rhythm: c.rhythm}
		if c.last > 0 {
			state.LastFetch = time.Now().Add(-c.last)
		}
		b.store.states["wire"] = state
		_, p := b.poll(src, Forced)
		wait, sooner := p.NextFetch.Sub(p.Started), p.Sooner.Sub(p.Started)
		if p.NextReason != feed.ByRhythm || wait < c.least || wait > c.most || sooner < c.sooner || sooner > c.sooner+c.sooner/10+5*time.Minute {
			t.Errorf("%s: next after %s because of %s, or after %s", c.name, wait, p.NextReason, sooner)
		}
	}
}

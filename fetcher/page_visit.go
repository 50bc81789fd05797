package fetcher

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"newswired/feed"
	pages "newswired/fetcher/page"
)

// A pageVisit fetches one page, with the turn of its host.
type pageVisit struct {
	*Pager
	*visit
	due   *feed.PageDue
	src   feed.Source
	delay time.Duration // that robots.txt wants between two pages
	ledTo []string      // hosts beside the page's own that may be asked
	at    string        // the URL that was asked last, or was to be
}

// What pages and robots.txt are asked for.
const (
	acceptPages  = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
	acceptRobots = "text/plain, */*;q=0.5"
)

// fetch asks for the page and reads it.
func (p *pageVisit) fetch(ctx context.Context) *feed.PageFetch {
	f := &feed.PageFetch{Article: p.due.Article, Seq: p.due.Seq, URL: p.due.URL, Started: time.Now(), Host: feed.HostPort(p.due.URL)}
	delete(p.due.Busy, f.Host) // it was claimed: what holds it is that it was counted
	p.at = p.due.URL
	a := p.poller.fetch(ctx, p.visit, errand{
		src: p.src, url: p.due.URL, accept: acceptPages, validators: p.due.Validators, busy: p.due.Busy,
		may: func(at string) (answer, bool) { return p.may(ctx, at) },
	})
	f.Status, f.Kind, f.Error, f.LedTo = a.status, a.kind, a.text, p.ledTo
	f.Elsewhere = !sameSite(p.due.URL, p.at)
	p.noteNetwork(ctx, &a, f)
	switch {
	case a.kind == feed.OK && a.status != http.StatusNotModified:
		p.understand(ctx, f, &a)
	case a.kind == feed.Gone:
		f.Error = "410 Gone"
	case a.kind == feed.NotAFeed: // an encoding that was not asked for
		f.Kind = feed.NotHTML
	}
	if a.status == http.StatusTooManyRequests {
		f.Busy = feed.HostPort(a.url)
	}
	f.Took = time.Since(f.Started)
	f.Plan(p.due, a.hints.retryAfter, time.Now())
	return f
}

// record hands the page to the store. A panic over what it says, when its Article is
// compared anew, fails it as one while reading does.
func (p *pageVisit) record(ctx context.Context, f *feed.PageFetch) error {
	err := p.store.RecordPage(ctx, *f)
	var fault *feed.PanicError
	if f.Page == nil || !errors.As(err, &fault) {
		return err
	}
	p.panicked(f, fault)
	f.Plan(p.due, 0, time.Now())
	return p.store.RecordPage(ctx, *f)
}

// panicked makes a failure of a page that we could not bear.
func (p *pageVisit) panicked(f *feed.PageFetch, fault *feed.PanicError) {
	p.log.Error("page panicked", "url", f.URL, "err", fault, "stack", string(fault.Stack))
	f.Kind, f.Error, f.Page = feed.Panicked, fault.Error(), nil
}

// noteNetwork finds out whether it is our network that is down.
func (p *pageVisit) noteNetwork(ctx context.Context, a *answer, f *feed.PageFetch) {
	switch {
	case a.unconnected && p.poller.network.offline(ctx, feed.HostPort(a.url)):
		f.Kind = feed.Offline
	case a.status != 0:
		p.poller.network.answered(feed.HostPort(a.url))
	}
}

// understand reads a page, and drops what has no more to say than the Source. A
// panic is a failure of this page, not of the daemon.
func (p *pageVisit) understand(ctx context.Context, f *feed.PageFetch, a *answer) {
	defer func() {
		if r := recover(); r != nil {
			p.panicked(f, &feed.PanicError{Value: r, Stack: debug.Stack()})
		}
	}()
	if p.open(ctx, a) != nil {
		return // next looks at ctx itself
	}
	if f.Kind, f.Error = a.kind, a.text; a.kind != feed.OK {
		return
	}
	page, err := p.Pager.read(p.body, a.contentType, a.url, p.src)
	if err != nil {
		f.Kind, f.Error = feed.NoText, err.Error()
		var no *pages.RefusedError
		if errors.As(err, &no) {
			f.Kind = feed.Kind(no.Reason)
		}
		return
	}
	if n := max(len(page.Text), len(page.Content)); n > maxContent {
		f.Kind, f.Error = feed.TooLarge, fmt.Sprintf("a text of %d bytes; no more than %d are kept", n, maxContent)
		return
	}
	if ok, kind, reason := page.Adds(&p.due.Says); !ok {
		f.Kind, f.Error = kind, reason
		return
	}
	f.Page, f.Validators = &page, feed.Validators{URL: a.url, ETag: a.etag, LastModified: a.modified}
}

// may asks robots.txt whether a URL may be fetched (RFC 9309). It has the turn of
// the URL's host, and has it again afterwards.
func (p *pageVisit) may(ctx context.Context, at string) (no answer, may bool) {
	p.at = at
	u, err := url.Parse(at)
	if err != nil {
		return answer{kind: feed.Unreachable, text: reason(err)}, false
	}
	file, no, err := p.robots(ctx, u)
	if err == nil && p.visit.leave == nil {
		err = p.to(ctx, at)
	}
	switch {
	case err != nil:
		return answer{kind: feed.Unreachable, url: at, text: err.Error()}, false
	case !file.Known():
		no.kind = cmp.Or(no.kind, feed.Unreachable)
		if !no.unconnected {
			no.hints.retryAfter = max(no.hints.retryAfter, time.Until(file.Expires))
		}
		no.text = "its robots.txt cannot be had, so that nothing may be fetched: " + file.Error
		return no, false
	}
	rules := feed.ReadRobots(file.Text, robotName)
	p.delay = max(p.delay, min(rules.Delay, mostDelay))
	if !rules.Allows(at) {
		return answer{kind: feed.Disallowed, url: at, text: fmt.Sprintf("the robots.txt of %s forbids it", feed.HostPort(at))}, false
	}
	if host := feed.HostPort(at); host != feed.HostPort(p.due.URL) {
		p.ledTo = append(p.ledTo, host)
	}
	return answer{}, true
}

// sameSite reports whether two URLs are of one host or of one below the other,
// whatever their ports: what is down at www.example.com:443 is down at
// example.com:80, too, if that leads there.
func sameSite(one, other string) bool {
	a, b := siteOf(one), siteOf(other)
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}

// siteOf returns the host of a URL without www.
func siteOf(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return target
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// robotName is by what name robots.txt may forbid us a page, whatever user_agent
// says.
const robotName = "newswired"

// mostDelay is the longest Crawl-delay that we wait: with a longer one
// page_budget is the better bound.
const mostDelay = time.Minute

// robots returns the robots.txt of a page's origin, the stored one as long as it holds.
// If it had to be asked for, the answer tells how, and the turn of the host was
// given back.
func (p *pageVisit) robots(ctx context.Context, from *url.URL) (feed.RobotsFile, answer, error) {
	file, err := p.store.Robots(ctx, origin(from))
	if now := time.Now(); err != nil || now.Before(file.Expires) && file.Expires.Before(now.Add(feed.MaxWait)) {
		return file, answer{}, err
	}
	a := p.poller.fetch(ctx, p.visit, errand{
		src: feed.Source{UserAgent: p.src.UserAgent}, url: from.Scheme + "://" + from.Host + "/robots.txt", accept: acceptRobots, busy: p.due.Busy,
	})
	if a.kind == feed.OK || a.kind == feed.TooLarge {
		p.open(ctx, &a) // ctx is looked at below
	}
	status, text, failed := robotsAnswer(&a, p.body)
	p.visit.end()
	if err := ctx.Err(); err != nil {
		return file, a, err
	}
	file = file.After(status, text, failed, time.Now())
	if a.unconnected { // it may be our network: the next page asks again
		return file, a, nil
	}
	return file, a, p.store.RecordRobots(ctx, origin(from), file)
}

// robotsAnswer tells what an answer says for robots.txt: rules if there are some,
// none if it is not there (RFC 9309 section 2.3.1.3) or leads nowhere (2.3.1.2),
// and why it cannot be had.
func robotsAnswer(a *answer, body []byte) (status int, text, failed string) {
	switch {
	case a.kind == feed.OK || a.kind == feed.TooLarge && len(body) > 0: // what is beyond MostRobots nobody reads
		return a.status, strings.ToValidUTF8(string(wholeLines(body, feed.MostRobots)), ""), ""
	case a.status >= 400 && a.status < 500 && a.status != http.StatusTooManyRequests:
		return a.status, "", ""
	case a.kind == feed.Forbidden && a.status >= 300 && a.status < 400:
		return a.status, "", ""
	}
	return a.status, "", a.text
}

// wholeLines returns the lines of a text that fit into so many bytes. Of "Disallow:
// /archive/" a part would forbid everything.
func wholeLines(text []byte, most int) []byte {
	if len(text) <= most {
		return text
	}
	return text[:bytes.LastIndexAny(text[:most], "\r\n")+1]
}

package fetcher

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newswired/feed"
)

// An Inspection is what asking a Source once shows. It is recorded nowhere.
type Inspection struct {
	feed.Poll
	Validators bool     // the server gave some, so that it can be asked conditionally
	MovedTo    string   // where permanent redirects lead from its URL, to a feed; "" if nowhere
	Adverts    []Advert // the feeds that the web page advertises that stands there instead
}

// Inspect asks a Source for its Document like a poll of one that was never polled
// does: with the turn of its host, the same client and the same guards. It asks
// no Recorder for what is known, and tells none. The error is one of ctx; what the
// Source does wrong is in the Inspection.
func (p *Poller) Inspect(ctx context.Context, src feed.Source) (Inspection, error) {
	v := &visit{p: p}
	defer v.end()
	if err := v.to(ctx, src.URL); err != nil {
		return Inspection{}, fmt.Errorf("inspect %s: %w", src.Name, err)
	}
	poll, a := p.ask(ctx, v, src, feed.State{}, time.Now())
	if err := ctx.Err(); err != nil {
		return Inspection{}, fmt.Errorf("inspect %s: %w", src.Name, err)
	}
	in := Inspection{Poll: poll, Validators: a.hints.validators}
	var no *ParseError
	switch {
	case poll.Kind == feed.OK && a.permanent && a.url != src.URL:
		in.MovedTo = a.url
	case poll.Kind == feed.NotAFeed: // and so cheap enough to be read once more
		if _, err := Parse(v.body, a.contentType, a.url, src, poll.Started); errors.As(err, &no) {
			in.Adverts = no.Adverts
		}
	}
	return in, nil
}

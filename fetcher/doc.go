// Package fetcher is the corridor that writes: it asks a Source for its
// Document, reads it into our words and hands it to whoever records it. A Pager
// does the same with the pages of Articles, where robots.txt allows it.
//
// It promises to be polite: it sends the validators that a server gave, asks
// one host for one thing at a time, and says who it is. It promises to be
// bounded: in time, in bytes, in redirects and in the addresses it will
// connect to. And a failure is a result like any other, with a kind and a
// text, never a Document cut short.
//
// When nothing at all can be reached the network is ours to mend, and no
// Source is blamed for it.
//
// Begin with Poller.Poll in poll.go. A poll takes its host's turn (host.go) and
// asks (visit.go, fetch.go, body.go), which gives an answer. Parse turns its body
// into a Document: charset decodes it, the outline finds its items and leaves out
// those that stood there before (parse_outline.go, parse_changed.go), gofeed or
// encoding/json reads the rest, what is damaged being mended first (repair.go),
// and a draft of each item becomes an Article (parse_article.go). What comes next
// is planned (plan.go), and all of it is one feed.Poll for the Recorder. What a
// hub delivers comes in by Deliver and goes the same way. Pages are claimed from
// the store by Pager.Run (pager.go) and visited in page_visit.go.
package fetcher

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
package fetcher

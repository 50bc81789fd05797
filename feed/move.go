package feed

import (
	"net/url"
	"strings"
	"time"
)

// A Move is where a Source's URL leads by permanent redirects (301 and 308, RFC
// 9110 sections 15.4.2 and 15.4.9), poll after poll. The zero value is nowhere.
// One redirect is no proof: captive portals and broken deployments send
// permanent ones, too.
type Move struct {
	To    string    `json:"to,omitempty"`    // "" if it leads nowhere
	First time.Time `json:"first,omitzero"`  // when it was first seen to lead there
	Last  time.Time `json:"last,omitzero"`   // when it was last seen to
	Count int       `json:"count,omitempty"` // polls in a row that were led there
}

const (
	settledAfter = 24 * time.Hour
	settledBy    = 3 // polls
)

// Settled reports whether the Source has moved for good: it was seen to at least
// three times over at least a day.
func (m Move) Settled() bool {
	return m.Count >= settledBy && m.Last.Sub(m.First) >= settledAfter
}

// Address returns what is asked for a Source that has this Move: its configured
// URL, or where it has moved to.
func (m Move) Address(url string) string {
	if m.Settled() {
		return m.To
	}
	return url
}

// A Sighting is where a poll was led.
type Sighting struct {
	At        time.Time
	Asked     string // the URL that was asked first
	Final     string // the URL that answered
	Permanent bool   // true if every redirect between them was permanent, and none led from https to http
	Found     bool   // true if a feed was there
	Busy      bool   // true if there was an answer that says nothing about the address: 429, 503
}

// After returns the Move after another poll of a Source with this URL.
//
//	permanently to the same address as before     seen once more
//	permanently to another address                seen once, from the configured URL on
//	nowhere, or by a redirect that is temporary   forgotten, unless it has settled
//	a failure at the configured URL               as before
//	a failure where it has moved to               forgotten: the configured URL is asked again
func (m Move) After(configured string, s Sighting) Move {
	moved := s.Asked != configured
	switch {
	case s.Busy, !s.Found && !moved:
		return m
	case !s.Found:
		return Move{}
	case s.Final == s.Asked || !s.Permanent:
		if moved {
			return m
		}
		return Move{}
	case s.Final == configured:
		return Move{}
	case s.Final == m.To && !moved:
		return Move{m.To, m.First, s.At, m.Count + 1}
	}
	return Move{s.Final, s.At, s.At, 1}
}

// HostPort returns the host and port that a URL connects to.
func HostPort(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	port := u.Port()
	if port == "" {
		port = map[bool]string{true: "443", false: "80"}[strings.EqualFold(u.Scheme, "https")]
	}
	return strings.ToLower(u.Hostname()) + ":" + port
}

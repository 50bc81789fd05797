package feed

import (
	"testing"
	"time"
)

func TestShown(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	paper := Copy{ID: 1, Source: "paper", FirstSeen: now, Article: Article{Summary: "A summary of some length"}}
	wire := Copy{ID: 2, Source: "wire", Agency: "Wire", FirstSeen: now.Add(time.Hour)}
	long := Copy{ID: 3, Source: "long", FirstSeen: now.Add(time.Hour), Article: Article{Content: "Much more than a summary of some length"}}
	early := Copy{ID: 4, Source: "early", FirstSeen: now.Add(-time.Hour), Article: Article{Summary: paper.Summary}}
	for _, test := range []struct {
		name   string
		copies []Copy
		prefer []string
		want   string
	}{
		{"alone", []Copy{paper}, nil, "paper"},
		{"the agency's own", []Copy{paper, wire, long}, nil, "wire"},
		{"preferred", []Copy{paper, wire, long}, []string{"long", "paper"}, "long"},
		{"most text", []Copy{paper, long}, nil, "long"},
		{"first seen", []Copy{paper, early}, nil, "early"},
	} {
		for range 2 { // in either order
			s := &Story{Copies: test.copies}
			if got := s.Copies[Shown(s, test.prefer)].Source; got != test.want {
				t.Errorf("%s: got %s, want %s", test.name, got, test.want)
			}
			reversed := make([]Copy, 0, len(test.copies))
			for i := range test.copies {
				reversed = append(reversed, test.copies[len(test.copies)-1-i])
			}
			test.copies = reversed
		}
	}
}

func TestOutletsAndPublished(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	s := Story{Copies: []Copy{
		{Outlet: "Wire", Published: now}, {Outlet: "Paper", Published: now.Add(-time.Hour)}, {Outlet: "Wire", Published: now},
	}}
	if o := s.Outlets(); len(o) != 2 || o[0] != "Wire" || o[1] != "Paper" {
		t.Errorf("outlets: %v", o)
	}
	if !s.Published().Equal(now.Add(-time.Hour)) {
		t.Errorf("published: %s", s.Published())
	}
}

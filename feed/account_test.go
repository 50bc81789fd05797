package feed

import (
	"testing"
	"time"
)

func TestLag(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "+0m", 29 * time.Second: "+0m", 12 * time.Minute: "+12m", time.Hour: "+1h00m", 185 * time.Minute: "+3h05m",
		24*time.Hour - time.Second: "+1d0h", 52 * time.Hour: "+2d4h",
	} {
		if got := Lag(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

// An agency's chain is in the order of its markers, not of its arrival.
func TestVersionsInOrder(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	s := Account{Revisions: make(map[int64][]Revision)}
	for i, title := range []string{"(2nd LD) Ferry sinks", "Ferry sinks", "(URGENT) Ferry sinks", "(LEAD) Ferry sinks"} {
		id := int64(i + 1)
		s.Copies = append(s.Copies, Copy{Article: Article{Title: title}, ID: id, Source: "wire", Outlet: "Wire", Published: at})
		s.Revisions[id] = []Revision{{Seq: id, Title: title}}
	}
	s.Revisions[2] = append(s.Revisions[2], Revision{Seq: 9, Title: "Ferry sinks off Mokpo"})
	s.Copies = append(s.Copies, Copy{ID: 5, Source: "paper"})
	s.Revisions[5] = []Revision{{Seq: 5}}
	var got []int64
	for _, v := range s.Versions("wire") {
		got = append(got, v.Seq)
	}
	if want := []int64{3, 2, 9, 4, 1}; len(got) != len(want) || [5]int64(got) != [5]int64(want) {
		t.Errorf("%v, want %v", got, want)
	}
}

package feed

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// Each case is what is stored, what is wanted, and what becomes of it, as the
// state, the hub's first letter, and "due" if something is to be done now.
func TestTend(t *testing.T) {
	const topic, base = "https://wire.example/rss", "https://news.example"
	want := Want{Hubs: []string{"a", "b"}, Topic: topic, Base: base}
	sub := func(state SubscriptionState, change func(*Subscription)) Subscription {
		s := Subscription{ID: 1, Source: "wire", Base: base, Topic: topic, Hub: "a", State: state, Due: noon.Add(time.Hour), LeaseUntil: noon.Add(2 * time.Hour)}
		if change != nil {
			change(&s)
		}
		return s
	}
	for _, c := range []struct {
		name   string
		stored []Subscription
		want   Want
		next   string
	}{
		{"nothing is wanted", nil, Want{}, ""},
		{"one is wanted", nil, want, "pending a due; "},
		{"one that is pending", []Subscription{sub(Pending, nil)}, want, "pending a; "},
		{"one that is live", []Subscription{sub(Live, nil)}, want, "live a; "},
		{"one that is to be renewed", []Subscription{sub(Live, func(s *Subscription) { s.Due = noon })}, want, "live a due; pending a due; "},
		{"renewal under way", []Subscription{sub(Live, func(s *Subscription) { s.Due = noon }), sub(Asked, func(s *Subscription) { s.ID = 2 })}, want, "live a due; asked a; "},
		{"renewed", []Subscription{sub(Live, nil), sub(Live, func(s *Subscription) { s.ID = 2 })}, want, "replaced a due; live a; "},
		{"lease over", []Subscription{sub(Live, func(s *Subscription) { s.LeaseUntil = noon })}, want, " a; pending a due; "},
		{"not verified in time", []Subscription{sub(Asked, func(s *Subscription) { s.Due = noon })}, want, "pending a; "},
		{"failed, and there is another hub", []Subscription{sub(Pending, func(s *Subscription) { s.Due, s.Failures = noon, 1 })}, want, " a due; pending b due; "},
		{"failed at the last hub", []Subscription{sub(Pending, func(s *Subscription) { s.Due, s.Failures, s.Hub = noon, 1, "b" })}, want, " b due; pending a due; "},
		{"news owed for a minute", []Subscription{sub(Live, func(s *Subscription) { s.Owed = noon.Add(-time.Minute) })}, want, "live a; "},
		{"news owed for long", []Subscription{sub(Live, func(s *Subscription) { s.Owed = noon.Add(-5 * time.Minute) })}, want, "live a due; pending a due; "},
		{"another topic", []Subscription{sub(Live, func(s *Subscription) { s.Topic = "x" })}, want, "unwanted a due; pending a due; "},
		{"another base_url", []Subscription{sub(Live, func(s *Subscription) { s.Base = "x" })}, want, "unwanted a due; pending a due; "},
		{"no longer wanted", []Subscription{sub(Live, nil), sub(Asked, func(s *Subscription) { s.ID = 2 })}, Want{}, "unwanted a due;  a; "},
		{"ended in vain", []Subscription{sub(Unwanted, func(s *Subscription) { s.Failures = 3 })}, Want{}, " a; "},
		{"ended by its lease", []Subscription{sub(Replaced, func(s *Subscription) { s.LeaseUntil = noon.Add(-1) })}, Want{}, " a; "},
	} {
		next := Tend("wire", c.want, c.stored, noon)
		got := ""
		for _, s := range next {
			got += string(s.State) + " " + s.Hub
			if !noon.Before(s.Due) {
				got += " due"
			}
			got += "; "
		}
		if got != c.next {
			t.Errorf("%s: %q, want %q", c.name, got, c.next)
		}
	}
}

// Trust is earned by deliveries, twice as many after each that was missed, and
// moves to the successor.
func TestTrust(t *testing.T) {
	s := Subscription{ID: 1, Source: "wire", Hub: "a", State: Live, Due: noon, LeaseUntil: noon.Add(time.Hour)}
	w := Want{Hubs: []string{"a"}}
	for _, need := range []int{1, 2, 4, 8, 16, 32, 64, 64} {
		for n := range need {
			if s.Trusted() {
				t.Fatalf("missed %d times: trusted after %d deliveries", s.Missed, n)
			}
			s.Deliver(noon)
		}
		s.Due = noon
		if next := Tend("wire", w, []Subscription{s}, noon)[1]; !s.Trusted() || next.Proved != s.Proved || next.Missed != s.Missed {
			t.Errorf("missed %d times: not trusted after %d deliveries; its successor is %+v", s.Missed, need, next)
		}
		s.Lose(noon)
		if s.Trusted() {
			t.Error("trusted while news is owed")
		}
		s = Tend("wire", w, []Subscription{s}, noon.Add(owedTime))[0]
	}
}

// The hub's figure decides about the lease, within bounds, and it is renewed
// well before its end.
func TestVerify(t *testing.T) {
	for _, c := range []struct{ said, lease time.Duration }{
		{0, DefaultLease}, {-1, DefaultLease}, {time.Minute, time.Minute}, {240 * time.Hour, 240 * time.Hour}, {1 << 62, MaxLease},
	} {
		for _, jitter := range []float64{0, 1} {
			s := Subscription{State: Asked, Failures: 3, Error: "x"}
			s.Verify(c.said, noon, jitter)
			part := s.Due.Sub(noon).Seconds() / c.lease.Seconds()
			if s.State != Live || s.LeaseUntil.Sub(noon) != c.lease || part < 0.79 || part > 0.91 || s.Failures != 0 || s.Error != "" {
				t.Errorf("%s: %+v, renewed after %.2f", c.said, s, part)
			}
		}
	}
}

// Hubs are left alone for 5 minutes to a day.
func TestHubPause(t *testing.T) {
	for failures, want := range map[int]time.Duration{1: 5 * time.Minute, 2: 10 * time.Minute, 8: 640 * time.Minute, 9: 1280 * time.Minute, 10: 24 * time.Hour, 1000: 24 * time.Hour} {
		if got := hubPause(failures); got != want {
			t.Errorf("%d failures: %s, want %s", failures, got, want)
		}
	}
}

// Which hubs may be subscribed to.
func TestUsable(t *testing.T) {
	ours := func(host string) bool { return host == "localhost" }
	for _, c := range []struct {
		hub, topic, callback string
		usable, confidential bool
	}{
		{"https://hub.example/", "https://wire.example/", "https://news.example", true, true},
		{"http://hub.example/", "https://wire.example/", "https://news.example", false, false},
		{"http://hub.example/", "http://wire.example/", "https://news.example", true, false},
		{"http://localhost/", "https://wire.example/", "https://news.example", true, true},
		{"http://localhost/", "http://localhost/rss", "http://localhost:8080", true, true},
		{"https://hub.example/", "https://wire.example/", "http://localhost:8080", false, true},
	} {
		var p Push
		p.AddHub(c.hub)
		p.SetTopic(c.topic)
		if got := len(p.Usable(c.callback, ours)) == 1; got != c.usable || Confidential(c.hub, ours) != c.confidential {
			t.Errorf("%+v: usable %t", c, got)
		}
	}
}

package feed

import (
	"testing"
	"time"
)

func TestMove(t *testing.T) {
	const home, there, other = "https://wire.example/rss", "https://new.example/rss", "https://other.example/rss"
	start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	on := func(asked, final string) Sighting {
		return Sighting{Asked: asked, Final: final, Permanent: true, Found: true}
	}
	temporary := Sighting{Asked: home, Final: there, Found: true}
	failed, busy := Sighting{Asked: home, Final: there, Permanent: true}, Sighting{Asked: there, Final: there, Busy: true}
	type step struct {
		hours int
		s     Sighting
	}
	moved := []step{{0, on(home, there)}, {12, on(home, there)}, {24, on(home, there)}}
	for _, test := range []struct {
		name  string
		steps []step
		asked string // next
	}{
		{"never", []step{{0, on(home, home)}}, home},
		{"once", moved[:1], home},
		{"twice", moved[:2], home},
		{"three times over a day", moved, there},
		{"twice over a day", []step{moved[0], moved[2]}, home},
		{"many times in less than a day", []step{moved[0], {6, on(home, there)}, {12, on(home, there)}, {18, on(home, there)}, {23, on(home, there)}}, home},
		{"with failures between", []step{moved[0], {6, failed}, moved[1], moved[2]}, there},
		{"home again between", []step{moved[0], moved[1], {18, on(home, home)}, moved[2]}, home},
		{"temporarily between", []step{moved[0], moved[1], {18, temporary}, moved[2]}, home},
		{"elsewhere between", []step{moved[0], moved[1], {18, on(home, other)}, moved[2]}, home},
		{"always temporarily", []step{{0, temporary}, {12, temporary}, {24, temporary}, {36, temporary}}, home},
		{"found where it moved to", append(moved[:3:3], step{25, on(there, there)}), there},
		{"busy where it moved to", append(moved[:3:3], step{25, busy}), there},
		{"not found where it moved to", append(moved[:3:3], step{25, Sighting{Asked: there, Final: there}}), home},
		{"on, temporarily", append(moved[:3:3], step{25, Sighting{Asked: there, Final: other, Found: true}}), there},
		{"on, permanently", append(moved[:3:3], step{25, on(there, other)}), home},
		{"on, permanently, for a day", append(moved[:3:3], step{25, on(there, other)}, step{26, on(home, other)}, step{49, on(home, other)}), other},
		{"back, permanently", append(moved[:3:3], step{25, on(there, home)}), home},
	} {
		m := Move{}
		for _, step := range test.steps {
			step.s.At = start.Add(time.Duration(step.hours) * time.Hour)
			m = m.After(home, step.s)
		}
		if got := m.Address(home); got != test.asked {
			t.Errorf("%s: %s is asked next, %+v", test.name, got, m)
		}
	}
}

func TestHostPort(t *testing.T) {
	for url, want := range map[string]string{
		"http://Wire.Example/rss":        "wire.example:80",
		"https://wire.example:443/rss":   "wire.example:443",
		"HTTPS://wire.example/rss":       "wire.example:443",
		"http://wire.example:8080/rss":   "wire.example:8080",
		"http://user@wire.example/rss":   "wire.example:80",
		"http://[2001:db8::1]:8080/feed": "2001:db8::1:8080",
	} {
		if got := HostPort(url); got != want {
			t.Errorf("%s: %s, want %s", url, got, want)
		}
	}
}

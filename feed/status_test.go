package feed

import (
	"strings"
	"testing"
	"time"
)

func TestRhythmInWords(t *testing.T) {
	at := func(perDay float64) *float64 { return &perDay }
	for _, test := range []struct {
		source SourceStatus
		want   string
	}{
		{SourceStatus{State: "new"}, ""},
		{SourceStatus{State: "ok", LastFetch: lunch, NextFetch: lunch.Add(10 * time.Minute), NextReason: BySchedule, Schedule: "@every 10m", PerDay: at(12.4)}, "about 12 articles a day, polled every 10m"},
		{SourceStatus{State: "ok", LastFetch: lunch, NextFetch: lunch.Add(aDay), Schedule: "30 6 * * *", PerDay: at(0)}, `no article in 14 days, polled by "30 6 * * *"`},
		{SourceStatus{State: "ok", LastFetch: lunch, NextFetch: lunch.Add(6 * time.Hour), NextReason: ByRhythm, Schedule: Auto, PerDay: at(0.43)}, "about 3 articles a week, polled every 6 h by its rhythm"},
		{SourceStatus{State: "ok", LastFetch: lunch, NextFetch: lunch.Add(time.Hour), NextReason: ByValidators, PerDay: at(0.1)}, "about 1 article in 10 days, polled again after 60 min, for its server gives no validators"},
		{SourceStatus{State: "ok", LastFetch: lunch, NextFetch: lunch.Add(time.Hour), NextReason: ByPush}, "polled again after 60 min, for its hub tells of its news"},
		{SourceStatus{State: "ok", LastFetch: lunch, NextFetch: lunch.Add(3 * time.Hour), NextReason: ByMaxAge}, "polled again after 3 h, as its server asks (max-age)"},
		{SourceStatus{State: "ok", LastFetch: lunch, NextFetch: lunch.Add(60 * time.Hour), NextReason: BySkipDays}, "polled again after 2 days, as its document asks (skipDays)"},
		{SourceStatus{State: "failing", LastFetch: lunch, NextFetch: lunch.Add(time.Hour), NextReason: ByBackoff, PerDay: at(1)}, "about 7 articles a week"},
	} {
		if got := test.source.Rhythm(); got != test.want {
			t.Errorf("%+v\n got %q\nwant %q", test.source, got, test.want)
		}
	}
}

// How much a Source brings is known once it was known for a day, and of so many
// days only as it was known.
func TestBrought(t *testing.T) {
	days := make([]int, RhythmDays)
	days[len(days)-1], days[len(days)-2] = 4, 6
	for known, want := range map[time.Duration]float64{aDay: 10, 2 * aDay: 5, 100 * aDay: 10 / (float64(RhythmDays-1) + 5.0/24 + 20.0/60/24)} {
		s := SourceStatus{Known: beforeNow(known), Days: days}
		s.Brought(lunch)
		if s.PerDay == nil || *s.PerDay < want-1e-9 || *s.PerDay > want+1e-9 {
			t.Errorf("known for %s: %v, want %g", known, s.PerDay, want)
		}
	}
	for _, known := range []time.Time{{}, beforeNow(time.Hour), lunch.Add(time.Hour)} {
		s := SourceStatus{Known: known, Days: days}
		if s.Brought(lunch); s.PerDay != nil {
			t.Errorf("known since %s: %g", known, *s.PerDay)
		}
	}
}

func TestNotes(t *testing.T) {
	s := SourceStatus{State: "ok", BytesSaved: 3_400_000, FullText: true, PagesDue: 1, Push: "failing", PushError: "POST https://hub.example/s3cret: 500", LastPush: beforeNow(aDay)}
	got := strings.Join(s.Notes(lunch, inSeoul), " | ")
	if want := "3.4 MB spared by 304 | its hub fails, last delivery Tuesday 14:20: POST https://hub.example/…: 500 | 1 page still to be fetched"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := (&SourceStatus{State: "ok"}).Notes(lunch, inSeoul); len(got) > 0 {
		t.Errorf("of nothing: %q", got)
	}
	w := SourceWarning{Warning: "repaired", Count: 1, Last: lunch}
	if got := w.InWords(lunch, inSeoul); got != "repaired (14:20)" {
		t.Errorf("a warning: %q", got)
	}
}

func TestLately(t *testing.T) {
	if got := Lately(nil, lunch); got != "no polls in 24 hours" {
		t.Errorf("got %q", got)
	}
	hours := []PollHour{{Hour: beforeNow(25 * time.Hour), Polls: 1000, Failures: 1000}, {Hour: beforeNow(23 * time.Hour), Polls: 2, Spared: 1, Bytes: 5000}, {Hour: lunch, Polls: 1, Failures: 1}}
	if got := Lately(hours, lunch); got != "3 polls in 24 hours, 1 failed, 33 % not modified, 5 kB received" {
		t.Errorf("got %q", got)
	}
}

// A command that only looks at the database says nothing of what a daemon knows.
func TestFacts(t *testing.T) {
	said := func(s Self) string {
		var all []string
		for _, f := range s.Facts(lunch, inSeoul) {
			if f.Bad {
				f.Says += "!"
			}
			all = append(all, f.Name+": "+f.Says)
		}
		return strings.Join(all, "\n")
	}
	s := Self{Articles: 3, Stories: 1, PagesDue: 1, Database: 2e6, Log: 1e3, Room: -1, Version: "1.0", Problems: []Problem{{Severity: "warning", Says: "The log is long."}}}
	if got, want := said(s), "Stored: 3 articles in 1 story, 1 page still to be fetched\nDatabase: 2.0 MB, its log 1 kB\nwarning: The log is long.!\nVersion: newswired 1.0"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	s = Self{Room: 5e9, Version: "1.0", Daemon: &Daemon{Started: beforeNow(aDay)}}
	if got, want := said(s), "Stored: 0 articles in 0 stories\nDatabase: 0 kB, its log 0 kB, 5.0 GB left on its disk\nNetwork: there\nConfiguration: at work as it was last loaded\nVersion: newswired 1.0, running since Tuesday 14:20"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRunInWords(t *testing.T) {
	for want, run := range map[string]Run{
		"144 polls: not modified in 90 ms":           {Count: 144, Status: 304, Took: 90},
		"12 polls: 404 Not Found":                    {Count: 12, Status: 404, Kind: BadStatus, Error: "404 Not Found"},
		"timeout: no answer in 30 s":                 {Count: 1, Kind: Timeout, Error: "no answer in 30 s"},
		"3 new, 1 revised, 45 kB in 1.2 s; repaired": {Count: 1, Status: 200, New: 3, Revised: 1, Bytes: 45000, Took: 1200, Warning: "repaired"},
		"nothing new, 45 kB":                         {Count: 1, Status: 200, Bytes: 45000},
		"1 new, by push":                             {Count: 1, Status: 200, New: 1, Via: "push"},
	} {
		if got := run.InWords(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	run := Run{First: beforeNow(aDay), Last: lunch}
	if got := run.When(lunch, inSeoul); got != "Tuesday 14:20 to 14:20" {
		t.Errorf("got %q", got)
	}
}

// What is counted stands in its right number.
func TestCounted(t *testing.T) {
	for want, got := range map[string]string{"1 story": Counted(1, "story"), "2 stories": Counted(2, "story"), "0 articles": Counted(0, "article")} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

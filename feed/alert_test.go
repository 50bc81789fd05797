package feed

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var march2 = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// about writes Alerts by what they are about.
func about(alerts []Alert) string {
	var all []string
	for _, a := range alerts {
		all = append(all, strings.TrimSpace(a.Kind+" "+a.Source))
	}
	return strings.Join(all, ", ")
}

// An Alarm over a day: what is wrong from a minute on, until the next line.
func TestAlarm(t *testing.T) {
	disk := Trouble{Kind: "disk", Says: "full", Ripe: true}
	young := Trouble{Kind: "disk", Says: "full"}
	source := Trouble{Kind: "source", Source: "wire", Says: "dead", Ripe: true}
	other := Trouble{Kind: "source", Source: "paper", Says: "dead", Ripe: true}
	var a Alarm
	minute := 0
	for _, step := range []struct {
		what         string
		minutes      int
		wrong        []Trouble
		began, ended string
	}{
		{"all is well", 5, nil, "", ""},
		{"it is not ripe", 3, []Trouble{young}, "", ""},
		{"it is", 30, []Trouble{disk}, "disk", ""},
		{"it is as it was, though others may not tell it", 5, []Trouble{young}, "", ""},
		{"two Sources are not one", 2, []Trouble{disk, source, other}, "source wire, source paper", ""},
		{"gone for less than ten minutes", 9, []Trouble{disk, source}, "", ""},
		{"is not over", 1, []Trouble{disk, source, other}, "", ""},
		{"gone", 9, []Trouble{disk, source}, "", ""},
		{"for ten minutes", 1, []Trouble{disk, source}, "", "source paper"},
		{"again", 1, []Trouble{disk, other}, "source paper", ""},
		{"all is well", 9, nil, "", "source wire"},
		{"in the end", 1, nil, "", "disk, source paper"},
		{"and stays so", 30, nil, "", ""},
	} {
		var began, ended []Alert
		for range step.minutes {
			b, e := a.Note(step.wrong, march2.Add(time.Duration(minute)*time.Minute))
			began, ended, minute = append(began, b...), append(ended, e...), minute+1
		}
		if about(began) != step.began || about(ended) != step.ended {
			t.Errorf("minute %d, %s: %q began, %q ended; want %q, %q", minute, step.what, about(began), about(ended), step.began, step.ended)
		}
	}
	if len(a.Open) > 0 || len(a.seen) > 0 {
		t.Errorf("%d Alerts last, %d troubles are remembered", len(a.Open), len(a.seen))
	}
}

// What lasted at a start is neither told again nor over at once.
func TestAlarmAfterStart(t *testing.T) {
	a := Alarm{Open: []Alert{{Kind: "source", Source: "wire", Began: march2}, {Kind: "disk", Began: march2}}}
	began, ended := a.Note([]Trouble{{Kind: "source", Source: "wire", Ripe: true}}, march2.Add(time.Hour))
	if len(began)+len(ended) > 0 {
		t.Errorf("%q began, %q ended", about(began), about(ended))
	}
	_, ended = a.Note([]Trouble{{Kind: "source", Source: "wire"}}, march2.Add(time.Hour+10*time.Minute))
	if about(ended) != "disk" || ended[0].Ended.IsZero() || about(a.Open) != "source wire" {
		t.Errorf("%q ended, %q last", about(ended), about(a.Open))
	}
}

func TestSourceTroubles(t *testing.T) {
	long, short := march2.Add(-24*time.Hour), march2.Add(-23*time.Hour)
	for _, check := range []struct {
		source SourceStatus
		want   string // what it says and whether it is ripe; "" if nothing is wrong
	}{
		{SourceStatus{State: "ok", LastFetch: march2}, ""},
		{SourceStatus{State: "new"}, ""},
		{SourceStatus{State: "removed", FailingSince: long, LastFetch: march2, Failures: 9}, ""},
		{SourceStatus{State: "failing", FailingSince: long, LastFetch: march2, Failures: 9, LastError: "404 Not Found"}, "wire: 404 Not Found since Sun 1 Mar 18:00 (9 polls) true"},
		{SourceStatus{State: "failing", FailingSince: short, LastFetch: march2, Failures: 9, LastError: "404 Not Found"}, "wire: 404 Not Found since Sun 1 Mar 19:00 (9 polls) false"},
		{SourceStatus{State: "stopped", FailingSince: march2, LastFetch: march2, Failures: 1, LastError: "410 Gone"}, "wire: stopped since Mon 2 Mar 18:00: 410 Gone true"},
		{SourceStatus{State: "offline", LastFetch: march2}, ""},
		{SourceStatus{State: "offline", FailingSince: long, LastFetch: march2}, "wire could not be asked false"},
	} {
		check.source.Name = "wire"
		got := ""
		for _, trouble := range SourceTroubles([]SourceStatus{check.source}, 24*time.Hour, time.FixedZone("KST", 9*3600)) {
			got = fmt.Sprint(trouble.Says, " ", trouble.Ripe)
		}
		if got != check.want {
			t.Errorf("%+v: %q, want %q", check.source, got, check.want)
		}
	}
}

func TestAlertEntries(t *testing.T) {
	began := march2.Add(24 * time.Hour)
	alerts := []Alert{
		{Kind: "source", Source: "wire", Says: "wire has failed", Advice: "look", Since: march2, Began: began, Ended: began.Add(4 * time.Hour)},
		{Kind: "disk", Says: "The disk is full.", Since: march2, Began: began.Add(time.Hour)},
	}
	entries := AlertEntries(alerts, "tag:x,2026:1/")
	var got []string
	for _, e := range entries {
		got = append(got, strings.Join([]string{e.ID, e.Copies[0].Title, e.Copies[0].Summary, e.Published.Format("2 15:04"), e.Updated.Format("2 15:04")}, "|"))
	}
	want := []string{
		"tag:x,2026:1/alert/1772528400/source/wire|Over: wire has failed|Over, after 28 h. It was: wire has failed.|3 09:00|3 13:00",
		"tag:x,2026:1/alert/1772532000/disk|The disk is full.|The disk is full.|3 10:00|3 10:00",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if changed := AlertsChanged(alerts); !changed.Equal(alerts[0].Ended) {
		t.Errorf("changed %s", changed)
	}
}

func TestAlertText(t *testing.T) {
	over := Alert{Kind: "network", Says: "no network", Since: march2, Began: march2.Add(time.Hour), Ended: march2.Add(3 * time.Hour)}
	dead := Alert{Kind: "source", Source: "wire", Says: "wire has failed", Advice: "look", Since: march2, Began: march2}
	for _, check := range []struct {
		alerts        []Alert
		subject, text string
	}{
		{nil, "", ""},
		{[]Alert{dead}, "wire has failed", "wire has failed.\nWhat to do: look.\n\n"},
		{[]Alert{over}, "over: no network", "Over, after 3 h: no network.\n\n"},
		{[]Alert{over, dead}, "wire has failed (and 1 more)", "wire has failed.\nWhat to do: look.\n\nOver, after 3 h: no network.\n\n"},
	} {
		if subject, text := AlertSubject(check.alerts), AlertText(check.alerts); subject != check.subject || text != check.text {
			t.Errorf("%v: %q, %q; want %q, %q", check.alerts, subject, text, check.subject, check.text)
		}
	}
	many := make([]Alert, 2000)
	if text := AlertText(many); !strings.HasSuffix(text, "And 1980 more.\n") || len(text) > 4000 {
		t.Errorf("%d bytes that end with %q", len(text), text[len(text)-20:])
	}
}

// A clock that is set back lets no Alert end before it began, nor last less than
// nothing.
func TestAlarmWhenTheClockIsSetBack(t *testing.T) {
	a := Alarm{Open: []Alert{{Kind: "disk", Says: "full", Since: march2.Add(aDay), Began: march2.Add(aDay)}}}
	a.Note(nil, march2)
	_, ended := a.Note(nil, march2.Add(calm))
	if len(ended) != 1 || ended[0].Ended.Before(ended[0].Began) {
		t.Fatalf("%+v ended", ended)
	}
	ended[0].Since = ended[0].Ended.Add(aDay)
	if text := AlertText(ended); text != "Over, after 0 ms: full.\n\n" {
		t.Errorf("it says %q", text)
	}
}

package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"newswired/feed"
)

// names writes Alerts by kind, Source and how they stand.
func names(alerts []feed.Alert) string {
	text := ""
	for _, a := range alerts {
		text += fmt.Sprintf("%s%s over=%t told=%t;", a.Kind, a.Source, !a.Ended.IsZero(), a.Told)
	}
	return text
}

func TestAlerts(t *testing.T) {
	w := newWorld(t)
	save := func(all ...feed.Alert) {
		t.Helper()
		before := w.Generation()
		if err := w.SaveAlerts(context.Background(), all); err != nil {
			t.Fatal(err)
		}
		if w.Generation() == before {
			t.Error("nobody is told of a change")
		}
	}
	check := func(pending, all string) {
		t.Helper()
		p, err := w.PendingAlerts(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		a, err := w.Alerts(context.Background(), 10)
		if err != nil {
			t.Fatal(err)
		}
		want(t, "pending", names(p), pending)
		want(t, "all", names(a), all)
	}
	source := feed.Alert{Kind: "source", Source: "wire", Says: "dead", Since: start, Began: start.Add(time.Hour)}
	disk := feed.Alert{Kind: "disk", Says: "full", Since: start, Began: start.Add(time.Hour), Told: true}
	save(source, disk)
	check("sourcewire over=false told=false;disk over=false told=true;", "disk over=false told=true;sourcewire over=false told=false;")
	source.Told, disk.Ended = true, start.Add(2*time.Hour)
	save(source, disk, disk)
	check("sourcewire over=false told=true;", "disk over=true told=true;sourcewire over=false told=true;")
	disk.Ended, disk.Told = start.Add(2*time.Hour), false
	source.Ended = start.Add(3 * time.Hour)
	save(source, disk)
	check("disk over=true told=false;", "sourcewire over=true told=true;disk over=true told=false;")
	got, err := w.Alerts(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "as it was", got[0], source)

	// What ended last comes before what began later.
	late := feed.Alert{Kind: "log", Since: start, Began: start.Add(150 * time.Minute), Ended: start.Add(170 * time.Minute), Told: true}
	save(late)
	check("disk over=true told=false;", "sourcewire over=true told=true;log over=true told=true;disk over=true told=false;")

	// Retention takes what is over and told.
	if _, err := w.Retain(context.Background(), Retention{Before: start.Add(24 * time.Hour)}, start.Add(48*time.Hour)); err != nil {
		t.Fatal(err)
	}
	check("disk over=true told=false;", "disk over=true told=false;")
}

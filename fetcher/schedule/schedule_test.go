package schedule

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata" // for machines without zoneinfo
)

func parse(t *testing.T, text string) Spec {
	t.Helper()
	s, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestParse(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"@every 10m":              10 * time.Minute,
		"*/5 * * * *":             5 * time.Minute,
		"@hourly":                 time.Hour,
		"0 6,18 * * *":            12 * time.Hour,
		"0 6 * * MON-FRI":         24 * time.Hour,
		"30 */10 * * * *":         10 * time.Minute,
		"TZ=Asia/Seoul 0 6 * * *": 24 * time.Hour,
	} {
		if got := parse(t, text).Interval(); got != want {
			t.Errorf("%s: shortest gap %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "every 10m", "@every soon", "* * * *", "61 * * * *", "0 0 30 2 *"} {
		if _, err := Parse(text); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}

func TestEveryHasASteadyPhase(t *testing.T) {
	spec := parse(t, "@every 10m")
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	phases := make(map[time.Duration]bool)
	for _, name := range []string{"a", "b", "c", "d"} {
		times := spec.For(name, nil)
		first := times.Next(now)
		if gap := first.Sub(now); gap <= 0 || gap > 10*time.Minute {
			t.Errorf("%s: first after %s", name, gap)
		}
		if again := spec.For(name, nil).Next(now.Add(time.Second)); !again.Equal(first) && first.Sub(now) > time.Second {
			t.Errorf("%s: after a restart at %s, not at %s", name, again, first)
		}
		if gap := times.Next(first).Sub(first); gap != 10*time.Minute {
			t.Errorf("%s: next after %s", name, gap)
		}
		phases[first.Sub(now)] = true
	}
	if len(phases) < 3 {
		t.Errorf("phases %v do not spread", phases)
	}
}

func TestCronIsDelayedALittleInItsZone(t *testing.T) {
	seoul, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	six := time.Date(2026, 3, 2, 6, 0, 0, 0, seoul)
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		got := parse(t, "0 6 * * *").For(name, seoul).Next(now)
		if late := got.Sub(six); late < 0 || late >= time.Minute {
			t.Errorf("%s: %s late", name, late)
		}
		minute := parse(t, "* * * * *").For(name, seoul).Next(now)
		if late := minute.Sub(minute.Truncate(time.Minute)); late >= 6*time.Second {
			t.Errorf("%s: %s late, more than a tenth", name, late)
		}
	}
}

// scheduler starts a Scheduler in a test bubble.
func scheduler(t *testing.T, jobs ...Job) *Scheduler {
	s := New(slog.New(slog.DiscardHandler))
	s.Set(jobs)
	s.Start()
	return s
}

func TestSlowRunsDoNotOverlap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var runs, at atomic.Int32
		slow := func(context.Context) {
			if at.Add(1) > 1 {
				t.Error("two runs at a time")
			}
			time.Sleep(150 * time.Second)
			at.Add(-1)
			runs.Add(1)
		}
		job := Job{Name: "slow", Spec: parse(t, "@every 1m"), Run: slow}
		s := scheduler(t, job)
		time.Sleep(100 * time.Second)
		job.Spec = parse(t, "@every 30s") // a change does not forget what runs
		s.Set([]Job{job})
		s.Now("slow")
		time.Sleep(20 * time.Minute)
		s.Stop()
		if n := runs.Load(); n < 6 || n > 9 {
			t.Errorf("%d runs in 20 minutes", n)
		}
	})
}

func TestPanicDoesNotEndTheJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var runs atomic.Int32
		s := scheduler(t, Job{Name: "bad", Spec: parse(t, "@every 1m"), Run: func(context.Context) {
			runs.Add(1)
			panic("bad document")
		}})
		time.Sleep(5*time.Minute + time.Second)
		s.Stop()
		if runs.Load() != 5 {
			t.Errorf("%d runs, want 5", runs.Load())
		}
	})
}

func TestSetRemoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var runs atomic.Int32
		s := scheduler(t, Job{Name: "gone", Spec: parse(t, "@every 1m"), Run: func(context.Context) { runs.Add(1) }})
		s.Set(nil)
		s.Now("gone")
		time.Sleep(5 * time.Minute)
		s.Stop()
		if runs.Load() != 0 {
			t.Errorf("%d runs of a removed job", runs.Load())
		}
	})
}

// At makes up for a time that came too early: once, and the last word counts.
func TestAt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var ran []time.Duration
		job := Job{Name: "held", Spec: parse(t, "@every 24h"), Run: func(context.Context) { ran = append(ran, time.Since(start)) }}
		s := scheduler(t, job)
		s.At("held", start.Add(3*time.Minute))
		s.At("held", start.Add(time.Minute))
		s.At("unknown", start.Add(time.Minute))
		time.Sleep(10 * time.Minute)
		s.At("held", start) // is over
		time.Sleep(time.Minute)
		s.At("held", start.Add(time.Hour))
		s.Set(nil)
		time.Sleep(2 * time.Hour)
		s.Set([]Job{job})
		s.At("held", start.Add(4*time.Hour))
		s.Stop()
		time.Sleep(4 * time.Hour)
		s.At("held", start.Add(10*time.Hour))
		if want := []time.Duration{time.Minute, 10 * time.Minute}; !slices.Equal(ran, want) {
			t.Errorf("ran after %s, want %s", ran, want)
		}
	})
}

func TestStopWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := false
		s := scheduler(t, Job{Name: "long", Spec: parse(t, "@every 1h"), Run: func(ctx context.Context) {
			<-ctx.Done()
			time.Sleep(time.Second)
			ended = true
		}})
		s.Now("long")
		synctest.Wait()
		s.Stop()
		if !ended {
			t.Error("Stop returned before the run did")
		}
	})
}

func TestDue(t *testing.T) {
	s := New(slog.New(slog.DiscardHandler))
	s.Set([]Job{{Name: "a", Spec: parse(t, "@every 10m")}})
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name string
		last time.Time
		want bool
	}{
		{"a", time.Time{}, true},
		{"a", now.Add(-11 * time.Minute), true},
		{"a", now, false},
		{"unknown", time.Time{}, false},
	} {
		if got := s.Due(test.name, test.last, now); got != test.want {
			t.Errorf("due %s after %s: %v", test.name, now.Sub(test.last), got)
		}
	}
}

func TestAlive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if err := New(slog.New(slog.DiscardHandler)).Alive(time.Now()); err == nil || strings.Contains(err.Error(), "ticked") {
			t.Errorf("before the start: %v", err)
		}
		s := scheduler(t)
		time.Sleep(10 * time.Minute)
		if err := s.Alive(time.Now()); err != nil {
			t.Error(err)
		}
		s.Stop()
		if err := s.Alive(time.Now().Add(2 * time.Minute)); err == nil {
			t.Error("a stopped clock is alive")
		}
	})
}

func TestClockSetBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var runs atomic.Int32
		s := scheduler(t, Job{Name: "a", Spec: parse(t, "@every 1m"), Run: func(context.Context) { runs.Add(1) }})
		back := time.Now().Add(-9 * time.Hour) // as the machine would tell it
		if err := s.Alive(back); err == nil {
			t.Error("a scheduler that waits for nine hours is alive")
		}
		if !s.Realign(back) || s.Realign(back) {
			t.Error("realigned not once")
		}
		if err := s.Alive(back); err != nil {
			t.Error(err)
		}
		time.Sleep(5*time.Minute + time.Second)
		s.Stop()
		if runs.Load() != 5 {
			t.Errorf("%d runs after realigning, want 5", runs.Load())
		}
	})
}

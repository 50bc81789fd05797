package feed

import (
	"testing"
	"time"
)

func TestTook(t *testing.T) {
	if got := (Took{}).Quantile(0.5); got != 0 {
		t.Errorf("of nothing: %s", got)
	}
	for _, d := range []time.Duration{0, time.Microsecond, time.Millisecond, 3 * time.Millisecond, 87 * time.Millisecond, time.Second, 29 * time.Second, time.Hour} {
		got := Took{TookClass(d): 1}.Quantile(0.5)
		if want := max(d, time.Millisecond); got < want*9/10 || got > want*11/10 {
			t.Errorf("%s is told as %s", d, got)
		}
	}
	all := make(Took)
	for ms := 1; ms <= 1000; ms++ {
		all.Add(Took{TookClass(time.Duration(ms) * time.Millisecond): 1})
	}
	for part, want := range map[float64]time.Duration{0.5: 500 * time.Millisecond, 0.95: 950 * time.Millisecond, 1: time.Second, 0: time.Millisecond} {
		if got := all.Quantile(part); got < want*9/10 || got > want*11/10 {
			t.Errorf("%g of 1 to 1000 ms: %s", part, got)
		}
	}
}

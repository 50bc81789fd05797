package feed

import (
	"testing"
	"time"
)

// TestLiving tells which Copies a notice voids.
func TestLiving(t *testing.T) {
	noon := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	printed := func(source, agency, credit, title string, minutes, revisions int) Copy {
		at := noon.Add(time.Duration(minutes) * time.Minute)
		return Copy{
			Article: Article{Title: title}, ID: int64(minutes + 1), Source: source, Outlet: source, Agency: agency, Credit: credit,
			Published: at, Changed: at.Add(time.Duration(revisions-1) * time.Hour), Revisions: revisions,
		}
	}
	report := printed("wire", "Wire", "", "(LEAD) Ferry sinks", 0, 1)
	kill := printed("wire", "Wire", "", "KILL-Ferry sinks", 20, 1)
	deleted := printed("wire", "Wire", "", "Ferry sinks", 0, 1)
	deleted.Deleted = noon
	for _, test := range []struct {
		name   string
		copies []Copy
		want   string // titles of the Copies that live
		notice bool
	}{
		{"nobody withdrew it", []Copy{report}, "(LEAD) Ferry sinks|", false},
		{"withdrawn", []Copy{report, kill}, "", true},
		{"the report became the notice", []Copy{printed("wire", "Wire", "", "[전문취소] 여객선 침몰", 0, 2)}, "", true},
		{"with those who printed it", []Copy{report, printed("paper", "", "Wire", "Ferry lost", 10, 1), kill}, "", true},
		{"a report of its own stays", []Copy{report, printed("paper", "", "", "Ferry lost", 10, 1), kill}, "Ferry lost|", true},
		{"deleted", []Copy{deleted}, "", true},
		{"deleted by one", []Copy{deleted, printed("paper", "", "Wire", "Ferry lost", 10, 1)}, "Ferry lost|", true},
		{"a substitute lives", []Copy{report, kill, printed("wire", "Wire", "", "Ferry late", 30, 1)}, "Ferry late|", true},
		{"printed late, dated before", []Copy{report, kill, printed("paper", "", "Wire", "Ferry lost", 19, 1)}, "", true},
	} {
		story := &Story{ID: 7, Copies: test.copies}
		living, notice := Living(story)
		got := ""
		if living != nil {
			for _, c := range living.Copies {
				got += c.Title + "|"
			}
		}
		if got != test.want || (notice != nil) != test.notice {
			t.Errorf("%s: %q lives, notice %v; want %q, %v", test.name, got, notice != nil, test.want, test.notice)
		}
	}
}

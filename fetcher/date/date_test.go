package date

import (
	"testing"
	"time"
)

var (
	kst     = time.FixedZone("KST", 9*60*60)
	fetched = time.Date(2021, 2, 10, 12, 0, 0, 0, time.UTC)
)

// The intended instant of nearly every form below.
const noonish = "2021-02-09T06:22:43Z"

// dateForms are dates as feeds write them, read in Korea on 10 February 2021;
// "" is no date.
var dateForms = []struct{ text, want string }{
	{"Tue, 09 Feb 2021 15:22:43 +0900", noonish},
	{"Tue,09 Feb 2021 15:22:43+0900", noonish},
	{"Mon, 09 February 2021 15:22:43 +09:00", noonish},
	{"09-Feb-2021 15:22:43 KST", noonish},
	{"9 Feb 21 15:22:43", noonish},
	{"Tue Feb 09 15:22:43 KST 2021", noonish},
	{"Tue Feb 09 15:22:43 +0900 2021", noonish},
	{"Tue Feb 09 2021 15:22:43 GMT+0900 (Korean Standard Time)", noonish},
	{"Tue, 09 Feb 2021 15:22:43 UTC+09:00", noonish},
	{"Tue, 09 Feb 2021 01:22:43 EST", noonish},
	{"Tue, 09 Feb 2021 01:22:43 -0500 (EST)", noonish},
	{"20210209152243", noonish},
	{"202102091522", "2021-02-09T06:22:00Z"},
	{"20210209", "2021-02-08T15:00:00Z"},
	{"20210209T062243Z", noonish},
	{"20210209152243+0900", noonish},
	{"2021-02-09T15:22:43.5", "2021-02-09T06:22:43.5Z"},
	{"2021-02-09 06:22:43 UTC", noonish},
	{"2021-02-09T01:22:43-05:00", noonish},
	{"15:22:43 09-02-2021", noonish},
	{"2021. 2. 9. 오후 3:22:43", noonish},
	{"2021.02.09 (화) 15:22:43", noonish},
	{"2021년 2월 9일 오후 3시 22분 43초", noonish},
	{"2021년 2월 9일 오전 12시", "2021-02-08T15:00:00Z"},
	{"2021年2月9日 15:22:43", noonish},
	{"21.02.09 15:22:43", noonish},
	{"9.2.2021 15:22:43 Uhr", noonish},
	{"02/09/2021 3:22:43 p.m.", noonish},
	{"13/01/2021 00:00", "2021-01-12T15:00:00Z"},
	{"01/13/2021 00:00", "2021-01-12T15:00:00Z"},
	{"09/02/2021 15:22:43", noonish},             // 2 September is still to come
	{"03/02/2021 00:00", "2021-02-02T15:00:00Z"}, // nor was there a March
	{"01/02/2021 00:00", "2021-01-31T15:00:00Z"}, // both past: the nearer
	{"12/11/2022 00:00", "2022-12-10T15:00:00Z"}, // both to come: month first
	{"Feb 9, 2021 3:22 PM KST", "2021-02-09T06:22:00Z"},
	{"Feb 9th, 2021 3 PM", "2021-02-09T06:00:00Z"},
	{"Sept. 9, 2020", "2020-09-08T15:00:00Z"},
	{"1612851763", noonish},
	{"1612851763000", noonish},
	{"1612851763000000", noonish},
	{"Tue, 08 Feb 2021 24:00:00 +0900", "2021-02-08T15:00:00Z"},
	{"Tue, 09 Feb 2021 23:59:60 +0000", "2021-02-10T00:00:00Z"},
	{"29 Feb 2020 00:00 GMT", "2020-02-29T00:00:00Z"},
	{"Wed, 31 Dec 1969 23:59:59 +0000", "1969-12-31T23:59:59Z"},
	{"Tue, 09 Feb 1999 12:00:00 GMT", "1999-02-09T12:00:00Z"},

	{"", ""}, {"soon", ""}, {"2021", ""}, {"yesterday 15:22", ""}, {"0000-00-00 00:00:00", ""},
	{"30 Feb 2021 00:00 GMT", ""}, {"29 Feb 2021 00:00 GMT", ""}, {"2021-13-13", ""},
	{"Tue, 09 Feb 2021 25:00:00 GMT", ""}, {"Tue, 09 Feb 2021 24:01:00 GMT", ""},
	{"Tue, 09 Feb 2021 15:61:00 GMT", ""}, {"99999999999999", ""}, {"-0001-11-30T00:00:00", ""},
}

func TestParse(t *testing.T) {
	for _, test := range dateForms {
		got, ok := Parse(test.text, kst, fetched)
		if test.want == "" {
			if ok {
				t.Errorf("Parse(%q) = %v, want none", test.text, got)
			}
			continue
		}
		if s := got.Format(time.RFC3339Nano); !ok || s != test.want || got.Location() != time.UTC {
			t.Errorf("Parse(%q) = %s, %t; want %s", test.text, s, ok, test.want)
		}
	}
}

// The machine's own zone must not matter: time.Parse believes "KST" only where
// it is the local time.
func TestParseAnywhere(t *testing.T) {
	local := time.Local
	defer func() { time.Local = local }()
	for _, zone := range []*time.Location{time.UTC, kst, time.FixedZone("EST", -5*60*60)} {
		time.Local = zone
		TestParse(t)
	}
}

func TestParseZones(t *testing.T) {
	israel := time.FixedZone("IST", 2*60*60)
	for _, test := range []struct {
		text string
		zone *time.Location
		want string
	}{
		{"9 Feb 2021 15:00 IST", nil, "2021-02-09T09:30:00Z"},
		{"9 Feb 2021 15:00 IST", israel, "2021-02-09T13:00:00Z"},
		{"9 Feb 2021 15:00 CST", time.FixedZone("CST", 8*60*60), "2021-02-09T07:00:00Z"},
		{"9 Feb 2021 15:00", nil, "2021-02-09T15:00:00Z"},
		{"9 Feb 2021 15:00", israel, "2021-02-09T13:00:00Z"},
		{"9 Feb 2021 15:00 HKT", israel, "2021-02-09T07:00:00Z"},
		{"9 Feb 2021 15:00 XYZ", israel, "2021-02-09T13:00:00Z"},
	} {
		got, ok := Parse(test.text, test.zone, time.Time{})
		if s := got.Format(time.RFC3339); !ok || s != test.want {
			t.Errorf("Parse(%q, %v) = %s, want %s", test.text, test.zone, s, test.want)
		}
	}
	if got, _ := Parse("01/02/2021", nil, time.Time{}); got.Month() != time.January {
		t.Errorf("without a time of fetch %v, want month first", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, test := range dateForms {
		f.Add(test.text, int64(1612958400))
	}
	f.Fuzz(func(t *testing.T, text string, now int64) {
		at := time.Unix(now%(1<<33), 0)
		got, ok := Parse(text, kst, at)
		if !ok {
			if !got.IsZero() {
				t.Fatalf("Parse(%q) = %v without success", text, got)
			}
			return
		}
		if y := got.Year(); got.Location() != time.UTC || y < 0 || y > 10000 {
			t.Fatalf("Parse(%q) = %v", text, got)
		}
		again, ok := Parse(got.Format("2006-01-02T15:04:05.999999999Z"), kst, at)
		if y := got.Year(); y > 0 && y < 10000 && (!ok || !again.Equal(got)) {
			t.Fatalf("Parse(%q) = %v, which reads as %v", text, got, again)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		Parse("Tue, 09 Feb 2021 15:22:43 +0900", kst, fetched)
	}
}

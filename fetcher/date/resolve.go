package date

import (
	"strings"
	"time"
)

// resolve makes an instant of what was read. Of several readings it takes the
// latest that is not after fetched: news is young, and never from tomorrow.
func (d *dateReader) resolve(zone *time.Location, fetched time.Time) (time.Time, bool) {
	if d.half == 'p' && d.hour < 12 {
		d.hour += 12
	} else if d.half == 'a' && d.hour == 12 {
		d.hour = 0
	}
	if d.hour > 24 || d.hour == 24 && d.min+d.sec+d.nsec > 0 || d.min > 59 || d.sec > 60 {
		return time.Time{}, false
	}
	var best time.Time
	found := false
	late := fetched.Add(24 * time.Hour) // a day's grace for fast clocks and wrong zones
	for _, day := range d.days() {
		if !isDay(day) {
			continue
		}
		t := d.instant(day, zone)
		switch {
		case !found:
			best, found = t, true
		case fetched.IsZero() || t.After(late):
		case best.After(late) || t.After(best):
			best = t
		}
	}
	return best, found
}

// A day is year, month, day.
type day [3]int

// isDay reports whether there was such a day. Before 1900 lie only the values
// by which programs say "none": year 1 (.NET), 30 December 1899 (Delphi).
func isDay(d day) bool {
	if d[0] < 1900 || d[0] > 9999 || d[1] < 1 || d[1] > 12 || d[2] < 1 {
		return false
	}
	return d[2] <= time.Date(d[0], time.Month(d[1])+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// days returns the readings of the numbers, the likeliest first; several only
// where nothing but the date itself can decide.
func (d *dateReader) days() []day {
	n := d.nums[:d.count]
	if d.month != 0 {
		year, day0 := d.year, d.day
		for _, num := range n {
			switch {
			case year == 0 && (num.digits == 4 || num.value > 31 || day0 != 0):
				year = century(num.value, num.digits)
			case day0 == 0:
				day0 = num.value
			}
		}
		return []day{{year, d.month, day0}}
	}
	if len(n) < 3 {
		return nil
	}
	a, b, c := n[0].value, n[1].value, n[2].value
	dotted := n[0].after == '.'
	switch short := century(c, n[2].digits); {
	case n[0].digits == 4:
		return firstDay(day{a, b, c}, day{a, c, b})
	case n[2].digits == 4 && dotted: // German
		return firstDay(day{c, b, a}, day{c, a, b})
	case n[2].digits == 4:
		return []day{{c, a, b}, {c, b, a}}
	case n[0].after == '/':
		return []day{{short, a, b}, {short, b, a}, {century(a, n[0].digits), b, c}}
	default: // Korean 21.02.09, German 09.02.21
		return []day{{century(a, n[0].digits), b, c}, {short, b, a}}
	}
}

// firstDay returns the first of two that is a day, where order is certain.
func firstDay(a, b day) []day {
	if isDay(a) {
		return []day{a}
	}
	return []day{b}
}

// century completes a year of two digits (RFC 2822 section 4.3).
func century(year, digits int) int {
	switch {
	case year > 99 || digits > 2:
		return year
	case year < 50:
		return 2000 + year
	}
	return 1900 + year
}

// instant places a day with the time read into its zone: the offset given, the
// Source's own zone if that is what the name means there, the name's offset,
// the Source's zone.
func (d *dateReader) instant(day day, zone *time.Location) time.Time {
	in := func(loc *time.Location) time.Time {
		return time.Date(day[0], time.Month(day[1]), day[2], d.hour, d.min, d.sec, d.nsec, loc)
	}
	if d.zoned {
		return in(time.UTC).Add(-time.Duration(d.offset) * time.Second)
	}
	local := in(zone)
	if d.zone == "" {
		return local.UTC()
	}
	if name, _ := local.Zone(); strings.EqualFold(name, d.zone) {
		return local.UTC()
	}
	return in(time.UTC).Add(-zones[strings.ToLower(d.zone)])
}

// zones are the offsets east of UTC that the names of zones stand for. Some
// names mean several; the meaning here is the one that is most common in news,
// and the Source's own zone goes before it. Names without an entry, such as ET,
// are half of the year wrong whatever one takes, and so are not read.
var zones = map[string]time.Duration{}

// init lists each name by itself, in lower case.
func init() {
	for names, offset := range map[string]time.Duration{
		"wet":                            0,
		"cet wat met mez":                time.Hour,
		"bst west":                       time.Hour, // British
		"eet cat sast cest mesz":         2 * time.Hour,
		"msk eest eat trt":               3 * time.Hour,
		"irst":                           3*time.Hour + 30*time.Minute,
		"gst":                            4 * time.Hour,
		"pkt uzt":                        5 * time.Hour,
		"ist":                            5*time.Hour + 30*time.Minute, // Indian
		"npt":                            5*time.Hour + 45*time.Minute,
		"bdt":                            6 * time.Hour,
		"mmt":                            6*time.Hour + 30*time.Minute,
		"ict wib":                        7 * time.Hour,
		"hkt sgt pht myt awst wita ulat": 8 * time.Hour,
		"kst jst wit":                    9 * time.Hour,
		"acst":                           9*time.Hour + 30*time.Minute,
		"aest chst kdt":                  10 * time.Hour,
		"acdt":                           10*time.Hour + 30*time.Minute,
		"aedt":                           11 * time.Hour,
		"nzst":                           12 * time.Hour,
		"nzdt":                           13 * time.Hour,
		"ndt":                            -2*time.Hour - 30*time.Minute,
		"adt brt art clst":               -3 * time.Hour,
		"nst":                            -3*time.Hour - 30*time.Minute,
		"edt ast clt":                    -4 * time.Hour,
		"est cdt pet cot":                -5 * time.Hour,
		"cst mdt":                        -6 * time.Hour, // American
		"mst pdt":                        -7 * time.Hour,
		"pst akdt":                       -8 * time.Hour,
		"akst":                           -9 * time.Hour,
		"hst":                            -10 * time.Hour,
	} {
		for _, name := range strings.Fields(names) {
			zones[name] = offset
		}
	}
}

package feed

import (
	"fmt"
	"time"
)

// When says a time as short as it is understood at another, in a zone: today
// the hour, within a week the day with it, else the date with it.
//
//	18:40
//	Tuesday 18:40
//	3 March 18:40
//	3 March 2025 18:40
func When(t, now time.Time, zone *time.Location) string {
	clock := t.In(zone).Format("15:04")
	if day := dayName(t, now, zone); day != "" {
		return day + " " + clock
	}
	return clock
}

// Since says since when something is so: like When, but of another day than today
// the hour is of no interest.
func Since(t, now time.Time, zone *time.Location) string {
	if day := dayName(t, now, zone); day != "" {
		return day
	}
	return t.In(zone).Format("15:04")
}

// dayName names the day of a time as seen from another: "" for the same, by its
// weekday within a week, where no other day has that name.
func dayName(t, now time.Time, zone *time.Location) string {
	t, now = t.In(zone), now.In(zone)
	switch days := dayNumber(t) - dayNumber(now); {
	case days == 0:
		return ""
	case -7 < days && days < 7:
		return t.Weekday().String()
	case t.Year() == now.Year():
		return t.Format("2 January")
	}
	return t.Format("2 January 2006")
}

// dayNumber counts the days of the calendar, whatever the length of each.
func dayNumber(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// Span says how long something takes or lasts, roughly: "90 ms", "1.2 s", "25 min",
// "3 h", "2 days".
func Span(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < 90*time.Second:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < 90*time.Minute:
		return fmt.Sprintf("%.0f min", d.Minutes())
	case d < 48*time.Hour:
		return fmt.Sprintf("%.0f h", d.Hours())
	}
	return fmt.Sprintf("%.0f days", d.Hours()/24)
}

package web

import (
	"fmt"
	"time"

	"newswired/feed"
)

// A dayRow is what the polls of a day came to, in the pages' zone.
type dayRow struct {
	Day      stamp
	Articles int
	Polls    int
	Failed   int
	Median   string // of the time they took; "" if that is not known
	Slow     string // within which 95 of 100 were over
}

// A statistic has the figures of a day or an hour.
type statistic struct {
	begin time.Time // of the hour; of a day, its noon
	feed.PollHour
}

// byDay sums hours by the days of the pages' zone, the last of which is today.
// Took is empty where it was not asked for.
func (m *maker) byDay(hours []feed.PollHour, now time.Time) []statistic {
	all := make([]statistic, feed.HealthDays)
	index := make(map[string]int, len(all))
	y, month, d := now.In(m.zone).Date()
	for i := range all {
		all[i].begin = time.Date(y, month, d-len(all)+1+i, 12, 0, 0, 0, m.zone) // not every day has a midnight
		all[i].Took = make(feed.Took)
		index[all[i].begin.Format(time.DateOnly)] = i
	}
	for _, h := range hours {
		if i, ok := index[h.Hour.In(m.zone).Format(time.DateOnly)]; ok {
			all[i].add(h)
		}
	}
	return all
}

// byHour returns the hours of the last days, those without polls included.
func byHour(hours []feed.PollHour, now time.Time) []statistic {
	all := make([]statistic, feed.TookDays*24)
	first := now.Truncate(time.Hour).Add(time.Duration(1-len(all)) * time.Hour)
	for i := range all {
		all[i].begin = first.Add(time.Duration(i) * time.Hour)
		all[i].Took = make(feed.Took)
	}
	for _, h := range hours {
		if i := int(h.Hour.Sub(first) / time.Hour); !h.Hour.Before(first) && i < len(all) {
			all[i].add(h)
		}
	}
	return all
}

// add counts an hour of polls, too. Bytes and what was spared are not shown.
func (s *statistic) add(h feed.PollHour) {
	s.Polls, s.Failures, s.Articles = s.Polls+h.Polls, s.Failures+h.Failures, s.Articles+h.Articles
	s.Took.Add(h.Took)
}

// charts draws what the polls came to, and tells it in words.
func (m *maker) charts(hours []feed.PollHour, now time.Time) ([]chart, []dayRow) {
	days, week := m.byDay(hours, now), byHour(hours, now)
	rows := make([]dayRow, len(days))
	for i, d := range days { // the newest first
		rows[len(rows)-1-i] = dayRow{Day: m.day(d.begin), Articles: d.Articles, Polls: d.Polls, Failed: d.Failures, Median: took(d.Took, 0.5), Slow: took(d.Took, 0.95)}
	}
	return []chart{m.articlesChart(days), m.tookChart(week, now), m.failuresChart(week, now)}, rows
}

// took tells a time in words.
func took(t feed.Took, part float64) string {
	if d := t.Quantile(part); d > 0 {
		return feed.Span(d)
	}
	return ""
}

// articlesChart draws the new Articles of each day, and says on which came most.
func (m *maker) articlesChart(days []statistic) chart {
	c := chart{ID: "articles", Title: "New articles by day", Kind: "bars", Width: 10 * len(days), First: m.day(days[0].begin), Last: m.day(days[len(days)-1].begin)}
	values, total := make([]int, len(days)), 0
	for i, d := range days {
		values[i], total = d.Articles, total+d.Articles
	}
	top := highest(values)
	c.Says = fmt.Sprintf("No new articles in %d days.", len(days))
	if total > 0 {
		c.Says = fmt.Sprintf("%s in %d days, most on %s: %d.", feed.Counted(total, "new article"), len(days), days[top].begin.Format("Monday 2 January"), values[top])
	}
	c.Lines, c.Scale = []line{{"bar", bars(values, values[top])}}, scale(values[top])
	return c
}

// failuresChart draws the failed polls of each hour, and says when most failed.
func (m *maker) failuresChart(week []statistic, now time.Time) chart {
	c := chart{ID: "failures", Title: "Failed polls by hour", Kind: "bars bad", Width: 10 * len(week), First: m.day(week[0].begin), Last: m.day(week[len(week)-1].begin)}
	values, total, polls := make([]int, len(week)), 0, 0
	for i, h := range week {
		values[i], total, polls = h.Failures, total+h.Failures, polls+h.Polls
	}
	top := highest(values)
	c.Says = fmt.Sprintf("None of %s failed in %d days.", feed.Counted(polls, "poll"), feed.TookDays)
	if total > 0 {
		c.Says = fmt.Sprintf("%d of %s failed in %d days, most from %s on: %d in an hour.", total, feed.Counted(polls, "poll"), feed.TookDays, m.when(week[top].begin, now), values[top])
	}
	c.Lines, c.Scale = []line{{"bar", bars(values, values[top])}}, scale(values[top])
	return c
}

// tookChart draws within which time half of the polls of each hour were over, and
// 95 of 100. An hour in which none went well is a gap.
func (m *maker) tookChart(week []statistic, now time.Time) chart {
	c := chart{ID: "took", Title: "Time that polls took, by hour", Kind: "curves", Width: 10 * len(week), First: m.day(week[0].begin), Last: m.day(week[len(week)-1].begin)}
	median, slow, all := make([]time.Duration, len(week)), make([]time.Duration, len(week)), make(feed.Took)
	for i, h := range week {
		median[i], slow[i] = h.Took.Quantile(0.5), h.Took.Quantile(0.95)
		all.Add(h.Took)
	}
	top := highest(slow)
	c.Says = fmt.Sprintf("No poll went well in %d days.", feed.TookDays)
	if len(all) > 0 {
		c.Says = fmt.Sprintf("Half of the polls were over within %s (the line below), 95 of 100 within %s (dashed); slowest from %s on: %s. Those that failed are left out.",
			took(all, 0.5), took(all, 0.95), m.when(week[top].begin, now), feed.Span(slow[top]))
	}
	c.Lines = []line{{"median", curve(median)}, {"slow", curve(slow)}}
	c.Scale = []string{"100 s", "10 s", "1 s", "100 ms", "10 ms"}
	return c
}

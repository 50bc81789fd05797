package fetcher

import (
	"slices"
	"strconv"
	"strings"
	"time"

	ext "github.com/mmcdole/gofeed/extensions"

	"newswired/feed"
)

// pace reads what a Document says about when to come again: ttl, skipHours and
// skipDays of RSS 2.0, updatePeriod and updateFrequency of RSS 1.0's syndication
// module, which Atom borrows. What cannot be read is not said.
func pace(g gofeedDocument) feed.Pace {
	if g.atom != nil {
		return feed.Pace{Update: updatePeriod(g.atom.Extensions["sy"])}
	}
	p := feed.Pace{TTL: count(g.rss.TTL, time.Minute), Update: updatePeriod(g.rss.Extensions["sy"])}
	for _, text := range g.rss.SkipHours {
		// RSS 0.91 counts from 1 to 24, RSS 2.0 from 0 to 23.
		if hour, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && 0 <= hour && hour <= 24 {
			p.SkipHours |= 1 << (hour % 24)
		}
	}
	for _, text := range g.rss.SkipDays {
		for day := time.Sunday; day <= time.Saturday; day++ {
			if strings.EqualFold(strings.TrimSpace(text), day.String()) {
				p.SkipDays |= 1 << day
			}
		}
	}
	return p
}

var periods = map[string]time.Duration{
	"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour,
	"monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
}

// updatePeriod returns the interval of a syndication module, 0 if there is
// none. A frequency that is left out is 1, as is a period that is left out daily.
func updatePeriod(sy map[string][]ext.Extension) time.Duration {
	period, frequency := strings.ToLower(value(sy["updatePeriod"])), value(sy["updateFrequency"])
	if period == "" && frequency != "" {
		period = "daily"
	}
	n, err := strconv.Atoi(frequency)
	if err != nil || n < 1 {
		n = 1
	}
	return periods[period] / time.Duration(n)
}

// value returns the text of the first element that has one.
func value(all []ext.Extension) string {
	i := slices.IndexFunc(all, func(e ext.Extension) bool { return strings.TrimSpace(e.Value) != "" })
	if i < 0 {
		return ""
	}
	return strings.TrimSpace(all[i].Value)
}

package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"newswired/feed"
)

// Facts are what is asked for at each scrape.
type Facts struct {
	feed.Vitals

	// Counted once a minute, for that takes longer the more there are:
	StoredArticles, StoredStories, PagesDue int

	PollsDue  int           // polls that are late
	PollsLate time.Duration // how late the one is that waits longest
	Offline   bool          // nothing can be reached
	Unwritten bool          // the database cannot be written

	// Hidden returns whether the name of a Feed is nobody's business here. nil
	// hides none.
	Hidden func(feed string) bool
}

// scrapeTime is for all questions of one scrape.
const scrapeTime = 10 * time.Second

// Watch asks for Facts at each scrape from now on. It may be called once.
func (m *Metrics) Watch(ask func(context.Context) (Facts, error)) {
	m.registry.MustRegister(&collector{ask})
}

// A collector turns Facts into metrics.
type collector struct {
	ask func(context.Context) (Facts, error)
}

// A fact is one metric of Facts without a label.
type fact struct {
	desc  *prometheus.Desc
	kind  prometheus.ValueType
	value func(*Facts) float64
}

// describe describes a metric of ours.
func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("newswired_"+name, help, labels, nil)
}

// counted is a fact that only rises.
func counted(name, help string, value func(*Facts) float64) fact {
	return fact{describe(name, help), prometheus.CounterValue, value}
}

// gauged is a fact that rises and falls.
func gauged(name, help string, value func(*Facts) float64) fact {
	return fact{describe(name, help), prometheus.GaugeValue, value}
}

// facts are the metrics of Facts that have no label.
var facts = []fact{
	counted("new_articles_total", "Articles that were ever stored, whoever polled.", func(f *Facts) float64 { return float64(f.Articles) }),
	counted("revisions_total", "Revisions that were ever stored; the first of each article is one.", func(f *Facts) float64 { return float64(f.Revisions) }),
	counted("new_stories_total", "Stories that ever began: articles less those that joined one.", func(f *Facts) float64 { return float64(f.Stories) }),
	counted("merged_stories_total", "Stories that turned out to be older ones, a moment or a day after they began.", func(f *Facts) float64 { return float64(f.Merged) }),
	gauged("articles", "Articles that are stored, counted once a minute.", func(f *Facts) float64 { return float64(f.StoredArticles) }),
	gauged("stories", "Stories that are stored, counted once a minute.", func(f *Facts) float64 { return float64(f.StoredStories) }),
	gauged("pages_due", "Pages of articles that are still to be fetched, counted once a minute.", func(f *Facts) float64 { return float64(f.PagesDue) }),
	gauged("polls_due", "Polls that are late.", func(f *Facts) float64 { return float64(f.PollsDue) }),
	gauged("polls_due_age_seconds", "How late the poll is that waits longest; 0 if none is late.", func(f *Facts) float64 { return f.PollsLate.Seconds() }),
	gauged("judging_backlog_stories", "Stories that the feed furthest behind has still to judge by its present rule, at most.", func(f *Facts) float64 { return float64(f.Backlog) }),
	gauged("unindexed_revisions", "Revisions whose words cannot be searched for yet.", func(f *Facts) float64 { return float64(f.Unindexed) }),
	gauged("subscribers_owed", "Subscribers of our hub that were not told of the last change yet.", func(f *Facts) float64 { return float64(f.Owed) }),
	gauged("database_size_bytes", "Bytes of the database file, what is free in it included.", func(f *Facts) float64 { return float64(f.Used + f.Free) }),
	gauged("database_free_bytes", "Bytes of the database file in which nothing is stored.", func(f *Facts) float64 { return float64(f.Free) }),
	gauged("database_wal_bytes", "Bytes of the write-ahead log beside the file.", func(f *Facts) float64 { return float64(f.Log) }),
	gauged("database_writable", "0 while the database cannot be written, else 1.", func(f *Facts) float64 { return truth(!f.Unwritten) }),
	gauged("offline", "1 while nothing can be reached, else 0.", func(f *Facts) float64 { return truth(f.Offline) }),
	gauged("oldest_success_timestamp_seconds", "When the source was last polled well that waits for it longest; stopped ones and those that never were left out, 0 if there is none.", oldestSuccess),
}

var (
	// The metrics that have one.
	sourcesDesc = describe("sources", "Configured sources by state.", "state")
	successDesc = describe("source_last_success_timestamp_seconds", "When a source was last polled well; absent if it never was.", "source")
	failingDesc = describe("source_failing_since_timestamp_seconds", "Since when every poll of a source has failed; absent if the last one did not.", "source")
	enteredDesc = describe("feed_entries_total", "Entries that ever entered a feed.", "feed")
	changedDesc = describe("feed_changed_timestamp_seconds", "When the entries of a feed last changed, 0 if it never had any.", "feed")
)

// states are those of configured Sources.
var states = [...]string{"new", "ok", "failing", "stopped", "offline"}

// Describe describes them all.
func (c *collector) Describe(to chan<- *prometheus.Desc) {
	for _, f := range facts {
		to <- f.desc
	}
	for _, d := range []*prometheus.Desc{sourcesDesc, successDesc, failingDesc, enteredDesc, changedDesc} {
		to <- d
	}
}

// Collect asks once for all.
func (c *collector) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTime)
	defer cancel()
	f, err := c.ask(ctx)
	if err != nil {
		// It is logged, and what happened is told all the same.
		to <- prometheus.NewInvalidMetric(facts[0].desc, err)
		return
	}
	for _, x := range facts {
		to <- prometheus.MustNewConstMetric(x.desc, x.kind, x.value(&f))
	}
	byState := make(map[string]int)
	for _, s := range f.Sources {
		byState[s.State]++
		if !s.LastWell.IsZero() {
			to <- prometheus.MustNewConstMetric(successDesc, prometheus.GaugeValue, seconds(s.LastWell), s.Name)
		}
		if !s.FailingSince.IsZero() {
			to <- prometheus.MustNewConstMetric(failingDesc, prometheus.GaugeValue, seconds(s.FailingSince), s.Name)
		}
	}
	for _, state := range states {
		to <- prometheus.MustNewConstMetric(sourcesDesc, prometheus.GaugeValue, float64(byState[state]), state)
	}
	for _, x := range f.Feeds {
		if f.Hidden != nil && f.Hidden(x.Name) {
			continue
		}
		to <- prometheus.MustNewConstMetric(enteredDesc, prometheus.CounterValue, float64(x.Entered), x.Name)
		to <- prometheus.MustNewConstMetric(changedDesc, prometheus.GaugeValue, seconds(x.Changed), x.Name)
	}
}

// oldestSuccess returns the time of the last poll that went well, of the Source for
// which that is longest ago; 0 if none ever did. Those that are stopped are not
// polled, and are left out.
func oldestSuccess(f *Facts) float64 {
	var oldest time.Time
	for _, s := range f.Sources {
		if s.State != "stopped" && !s.LastWell.IsZero() && (oldest.IsZero() || s.LastWell.Before(oldest)) {
			oldest = s.LastWell
		}
	}
	return seconds(oldest)
}

// truth returns 1 for what is so, else 0.
func truth(t bool) float64 {
	if t {
		return 1
	}
	return 0
}

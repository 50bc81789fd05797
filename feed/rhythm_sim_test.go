package feed

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
)

// An outletDays is what one outlet published in some days, as those who polled
// it then saw it.
type outletDays struct {
	name       string
	start, end time.Time
	before     []time.Time // of what the first Document listed
	came       []time.Time // when the rest could first be had, in order
	listed     int         // Articles in a Document
}

// readDays reads the Documents of one folder; their names are the times of the
// polls. An Article could be had from its date on, or from some time between
// the polls before and after it if its date says otherwise.
func readDays(t *testing.T, folder string) outletDays {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.xml"))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	d := outletDays{name: filepath.Base(folder)}
	seen := make(map[string]bool)
	for _, file := range files {
		at, err := time.Parse("20060102T150405Z", strings.TrimSuffix(filepath.Base(file), ".xml"))
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Items []struct {
				GUID string `xml:"guid"`
				Link string `xml:"link"`
				Date string `xml:"pubDate"`
			} `xml:"channel>item"`
		}
		decoder := xml.NewDecoder(bytes.NewReader(data))
		decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // "utf8"
		if decoder.Decode(&doc) != nil || len(doc.Items) == 0 {
			continue // a page instead
		}
		for _, item := range doc.Items {
			name := item.GUID + item.Link
			if seen[name] {
				continue
			}
			seen[name] = true
			published := wireDate(item.Date)
			switch {
			case d.start.IsZero():
				d.before = append(d.before, published)
			case published.Before(d.end) || published.After(at):
				d.came = append(d.came, d.end.Add(at.Sub(d.end)/2))
			default:
				d.came = append(d.came, published)
			}
		}
		if d.start.IsZero() {
			d.start = at
		}
		d.end, d.listed = at, max(d.listed, len(doc.Items))
	}
	slices.SortFunc(d.came, time.Time.Compare)
	return d
}

func wireDate(text string) time.Time {
	for _, layout := range []string{time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", time.RFC3339} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return t
		}
	}
	return time.Time{}
}

// A tally is what polling costs and brings.
type tally struct {
	polls   int
	waited  time.Duration // by all Articles together
	longest time.Duration
	missed  int // Articles that left the Document before a poll
}

// poll polls through the days. A next of 0 is the rhythm's.
func (d outletDays) poll(next time.Duration) (sum tally) {
	rhythm := make(Rhythm)
	for _, t := range d.before {
		if !t.IsZero() {
			rhythm[t.Unix()/3600]++
		}
	}
	for now, i := d.start, 0; now.Before(d.end); {
		from := i
		for ; i < len(d.came) && !d.came[i].After(now); i++ {
			rhythm[d.came[i].Unix()/3600]++
		}
		sum.missed += max(0, i-from-d.listed)
		for _, came := range d.came[from:i] {
			sum.waited += now.Sub(came)
			sum.longest = max(sum.longest, now.Sub(came))
		}
		sum.polls++
		if next > 0 {
			now = now.Add(next)
		} else {
			now = now.Add(rhythm.Interval(now))
		}
	}
	return sum
}

// What the rhythm saves in requests and costs in time against intervals that
// are the same for all, over what nine outlets really published.
func TestRhythmOnRealDays(t *testing.T) {
	folders, _ := filepath.Glob(filepath.Join("..", "..", "shared", "data", "feeds", "snapshots", "*"))
	if len(folders) == 0 {
		t.Skip("shared data not there")
	}
	var all []outletDays
	var length time.Duration
	for _, folder := range folders {
		if d := readDays(t, folder); len(d.came) > 0 {
			all, length = append(all, d), length+d.end.Sub(d.start)
		}
	}
	total := func(next time.Duration) (sum tally) {
		for _, d := range all {
			one := d.poll(next)
			sum = tally{sum.polls + one.polls, sum.waited + one.waited, max(sum.longest, one.longest), sum.missed + one.missed}
		}
		return sum
	}
	auto := total(0)
	equal := (length / time.Duration(auto.polls)).Round(time.Second) // as many requests, for everybody alike
	articles := 0
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\noutlet\tdays\tarticles\tauto: polls a day\tmean wait\tlongest\tmissed\tevery 10m: polls a day\tmean wait\tevery", equal, "mean wait")
	for _, d := range all {
		days, n := d.end.Sub(d.start).Hours()/24, len(d.came)
		a, ten, same := d.poll(0), d.poll(10*time.Minute), d.poll(equal)
		fmt.Fprintf(w, "%s\t%.1f\t%d\t%.0f\t%s\t%s\t%d\t%.0f\t%s\t%s\n", d.name, days, n, float64(a.polls)/days, mean(a, n), a.longest.Round(time.Minute), a.missed,
			float64(ten.polls)/days, mean(ten, n), mean(same, n))
		articles += n
	}
	for _, next := range []time.Duration{0, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, equal, time.Hour, 3 * time.Hour} {
		sum := total(next)
		fmt.Fprintf(w, "all, every %s\t%.1f\t%d\t%.0f\t%s\t%s\t%d\n", map[bool]string{true: "auto", false: next.String()}[next == 0], length.Hours()/24, articles,
			float64(sum.polls)/(length.Hours()/24), mean(sum, articles), sum.longest.Round(time.Minute), sum.missed)
	}
	w.Flush()
	t.Log(table.String())
	if same := total(equal); auto.waited >= same.waited {
		t.Errorf("articles wait %s, with as many polls at one interval for all %s", mean(auto, articles), mean(same, articles))
	}
	if ten := total(10 * time.Minute); auto.polls*3 > ten.polls*2 {
		t.Errorf("%d polls, every ten minutes %d", auto.polls, ten.polls)
	}
}

func mean(sum tally, articles int) time.Duration {
	return (sum.waited / time.Duration(articles)).Round(time.Second)
}

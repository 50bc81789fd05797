package main

import (
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// checkFake knows @every and takes five fields for a schedule of every minute.
func checkFake(spec string) (time.Duration, error) {
	if every, ok := strings.CutPrefix(spec, "@every "); ok {
		return time.ParseDuration(every)
	}
	if n := len(strings.Fields(spec)); n != 5 {
		return 0, errors.New("five fields are expected; write for example @every 10m")
	}
	return time.Minute, nil
}

func parse(t *testing.T, text string) *config {
	t.Helper()
	c, err := parseConfig("config.yaml", []byte(text), checkFake)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// small is the least that a configuration needs.
const small = "sources: [{name: a, url: https://example.org/rss}]\nfeeds: [{name: all}]\n"

func TestDefaults(t *testing.T) {
	t.Setenv("STATE_DIRECTORY", "")
	c := parse(t, small)
	s, f := c.Sources[0], c.Feeds[0]
	for _, check := range []struct {
		what      string
		got, want any
	}{
		{"listen", c.Listen, "127.0.0.1:8080"}, {"base_url", c.BaseURL, "http://127.0.0.1:8080"},
		{"database", c.Database, "newswired.db"}, {"contact", c.Contact, ""}, {"timezone", c.Zone, time.Local},
		{"retention", c.Retention, 9600 * time.Hour}, {"max_size", c.MaxSize, int64(0)}, {"own retention", s.Retention, time.Duration(0)}, {"host_pause", c.HostPause, time.Second}, {"page_budget", c.PageBudget, 500}, {"full_text", s.FullText, false},
		{"timeout", c.Timeout, 30 * time.Second}, {"max_body", c.MaxBody, int64(10485760)},
		{"outlet", s.Outlet, "a"}, {"zone", s.Zone, time.UTC}, {"schedule", s.Schedule, "@every 10m"},
		{"title", f.Title, "all"}, {"limit", f.Limit, 100}, {"min_outlets", f.MinOutlets, 1}, {"min_origins", f.MinOrigins, 1}, {"summary", f.Summary, false},
		{"rule", f.Rule, ""},
	} {
		if check.got != check.want {
			t.Errorf("%s is %v, want %v", check.what, check.got, check.want)
		}
	}
	t.Setenv("STATE_DIRECTORY", filepath.Join("var", "lib"))
	if got, want := parse(t, small).Database, filepath.Join("var", "lib", "newswired.db"); got != want {
		t.Errorf("database is %s, want %s", got, want)
	}
}

// A schedule of its own is what the operator wrote for the Source; one that
// follows the rhythm is nobody's choice.
func TestSchedules(t *testing.T) {
	c := parse(t, `
schedule: auto
sources:
  - {name: a, url: https://a.example/rss}
  - {name: b, url: https://b.example/rss, schedule: "@every 5m"}
feeds: [{name: all}]
`)
	a, b := c.Sources[0], c.Sources[1]
	if !a.Adaptive() || a.Chosen || a.spec().Interval() != feed.MinInterval || a.timed().Times != nil {
		t.Errorf("%+v", a)
	}
	if b.Adaptive() || !b.Chosen || b.spec().Interval() != 5*time.Minute || b.timed().Times == nil {
		t.Errorf("%+v", b)
	}
}

func TestValues(t *testing.T) {
	c := parse(t, `
listen: "[::]:80"
base_url: https://news.example.org/wires/
contact: kim@example.org
timezone: Asia/Seoul
schedule:
retention: 1w2d12h
host_pause: 0s
max_body: 500 KiB
allow_networks: [10.1.2.3/8, 192.168.1.1]
proxy_header: x-real-ip
sources:
  - &first
    name: a
    url: https://example.org/rss#top
    outlet: A  Paper
    language: en-us
    timezone: &zone Asia/Tokyo
    charset: CP949
    user_agent: me/1
    headers: {accept-language: ko, Authorization: Bearer x}
  - {name: b, url: "http://127.0.0.1:9/x", timezone: *zone, schedule: "@every 1s"}
  - {name: c, url: "http://10.9.9.9/x", schedule: "@every 1s"}
feeds:
  - {name: all}
  - {name: some, language: ko-kr, sources: [b, a, b], prefer: [a], min_outlets: 2, min_origins: 3, settle: 90m, max_per_hour: 5, limit: 7, content: summary, filter: 'mentions( "북한")  ' }
`)
	a := c.Sources[0]
	if a.Outlet != "A Paper" || a.Language != "en-US" || a.Zone.String() != "Asia/Tokyo" || a.Charset != "cp949" ||
		a.UserAgent != "me/1" || a.Headers["Accept-Language"] != "ko" || a.Schedule != "@every 10m" || a.URL != "https://example.org/rss" {
		t.Errorf("first source: %+v", a)
	}
	if c.Sources[1].Zone.String() != "Asia/Tokyo" || c.Sources[1].Schedule != "@every 1s" {
		t.Errorf("second source: %+v", c.Sources[1])
	}
	if c.BaseURL != "https://news.example.org/wires" || c.Retention != (9*24+12)*time.Hour || c.HostPause != 0 || c.MaxBody != 512000 {
		t.Errorf("%+v", c)
	}
	want := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.168.1.1/32")}
	if !slices.Equal(c.AllowNetworks, want) {
		t.Errorf("networks %v", c.AllowNetworks)
	}
	if c.Limits.ProxyHeader != "X-Real-Ip" {
		t.Errorf("proxy_header is %q", c.Limits.ProxyHeader)
	}
	if got := c.Feeds[1].Language; got != "ko-KR" {
		t.Errorf("the language of some is %q", got)
	}
	if got, want := c.Feeds[1].Rule, "sources: [\"a\" \"b\"]\nmin_outlets: 2\nmin_origins: 3\nfilter: mentions(\"북한\")\nsettle: 1h30m\nmax_per_hour: 5"; got != want {
		t.Errorf("rule %q, want %q", got, want)
	}
	if !c.Feeds[1].Summary || c.Feeds[1].Limit != 7 {
		t.Errorf("feed: %+v", c.Feeds[1])
	}
}

// What listens everywhere is told to people by a name that a browser can open.
func TestReachable(t *testing.T) {
	for listen, want := range map[string]string{":80": "localhost:80", "0.0.0.0:80": "localhost:80", "[::]:80": "localhost:80", "[::1]:80": "[::1]:80", "a.b:1": "a.b:1"} {
		if got := reachable(listen); got != want {
			t.Errorf("%s: %s, want %s", listen, got, want)
		}
	}
}

// The rules of a configuration give their verdicts in its order, with all reasons.
func TestJudge(t *testing.T) {
	c := parse(t, `
sources: [{name: a, url: https://a.example}, {name: b, url: https://b.example}]
feeds:
  - {name: all}
  - {name: b, sources: [b], min_outlets: 2, filter: mentions("storm")}
  - {name: two, min_outlets: 2, filter: mentions("storm")}
  - {name: storm, filter: mentions("storm")}
  - {name: origins, min_outlets: 2, min_origins: 2}
`)
	copyOf := func(source, title string) feed.Copy {
		return feed.Copy{Source: source, Outlet: "Outlet " + source, Article: feed.Article{Title: title}}
	}
	printOf := func(source, title string) feed.Copy {
		c := copyOf(source, title)
		c.Credit = "Yonhap"
		return c
	}
	for _, check := range []struct {
		story feed.Story
		want  []feed.Verdict
	}{
		{feed.Story{Copies: []feed.Copy{copyOf("a", "Calm")}}, []feed.Verdict{
			{Passes: true, Reason: "no filter"}, {Reason: "no copy from its sources"}, {Reason: "1 outlet of 2"}, {Reason: `does not mention "storm"`}, {Reason: "1 outlet of 2"}}},
		{feed.Story{Copies: []feed.Copy{copyOf("a", "Storm nears"), copyOf("b", "Wind")}}, []feed.Verdict{
			{Passes: true, Reason: "no filter"}, {Passes: true, Reason: `source "b"; mentions "storm" in the headline`},
			{Passes: true, Reason: `mentions "storm" in the headline`}, {Passes: true, Reason: `mentions "storm" in the headline`}, {Passes: true, Reason: "no filter"}}},
		{feed.Story{Copies: []feed.Copy{printOf("a", "Calm"), printOf("b", "Calm")}}, []feed.Verdict{
			{Passes: true, Reason: "no filter"}, {Reason: `does not mention "storm"`}, {Reason: `does not mention "storm"`}, {Reason: `does not mention "storm"`}, {Reason: "1 origin of 2"}}},
	} {
		if got := c.judge()(&check.story); !slices.Equal(got, check.want) {
			t.Errorf("%+v, want %+v", got, check.want)
		}
	}
}

func TestFindConfig(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("CONFIGURATION_DIRECTORY", filepath.Join(dir, "etc"))
	installed := filepath.FromSlash("/etc/newswired/config.yaml")
	got, err := findConfig("")
	if _, none := os.Stat(installed); none == nil { // this machine has one
		if got != installed || err != nil {
			t.Errorf("found %q, %v; want %q", got, err, installed)
		}
	} else if err == nil || !strings.Contains(err.Error(), filepath.Join(dir, "etc", "config.yaml")+", config.yaml, ") {
		t.Errorf("error %v", err)
	}
	for _, place := range []string{"config.yaml", filepath.Join(dir, "etc", "config.yaml")} {
		if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(place, []byte(small), 0o644); err != nil {
			t.Fatal(err)
		}
		if got, err := findConfig(""); got != place || err != nil {
			t.Errorf("found %q, %v; want %q", got, err, place)
		}
	}
	if got, _ := findConfig("x.yaml"); got != "x.yaml" {
		t.Errorf("asked for x.yaml, got %s", got)
	}
	if _, err := loadConfig("x.yaml", checkFake); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

// The file that is shipped is read without a mistake, as it is and with every
// line that is commented out, and shows every key once with a sentence.
func TestShippedConfig(t *testing.T) {
	name := filepath.Join("..", "..", "config.yaml")
	c, err := loadConfig(name, checkFake)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Feeds) != 5 || len(c.Sources) < 15 {
		t.Errorf("%d feeds, %d sources", len(c.Feeds), len(c.Sources))
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	hidden := regexp.MustCompile(`(?m)^( *)# ([a-z_]+: )`)
	parse(t, hidden.ReplaceAllString(text, "$1$2"))

	top, rest, _ := strings.Cut(text, "\nsources:")
	sources, feeds, _ := strings.Cut(rest, "\nfeeds:")
	shown := func(section string, keys []string) {
		for _, key := range keys {
			line := regexp.MustCompile(`(?m)^ *(# |- )?` + key + `: .*\S +# \S.*$`)
			if n := len(line.FindAllString(section, -1)); n != 1 {
				t.Errorf("%s is explained %d times", key, n)
			}
		}
		for _, m := range regexp.MustCompile(`(?m)^ *(?:# |- )?([a-z_]+): .*\S +# \S.*$`).FindAllStringSubmatch(section, -1) {
			if !slices.Contains(keys, m[1]) {
				t.Errorf("%s is explained but is no key here", m[1])
			}
		}
	}
	lists := func(key string) bool { return key == "sources" || key == "feeds" }
	shown(top, slices.DeleteFunc(keyNames(topKeys()), lists))
	shown(sources, keyNames(sourceKeys()))
	shown(feeds, keyNames(feedKeys()))
}

package feed

import (
	"strings"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	for _, test := range []struct {
		name, text, path string
		want             bool
	}{
		{"empty", "", "/a", true},
		{"all", "User-agent: *\nDisallow: /", "/a", false},
		{"nothing is forbidden", "User-agent: *\nDisallow:", "/a", true},
		{"its own group", "User-agent: *\nDisallow: /\nUser-agent: Newswired\nAllow: /", "/a", true},
		{"its own group with a version", "User-agent: newswired/1.0\nDisallow: /", "/a", false},
		{"a name that begins alike", "User-agent: news\nDisallow: /", "/a", true},
		{"several agents of one group", "User-agent: x\nUser-agent: newswired\nDisallow: /", "/a", false},
		{"a line of no group between them", "User-agent: newswired\nSitemap: https://x.example/s\nUser-agent: x\nDisallow: /", "/a", false},
		{"groups of one agent count together", "User-agent: newswired\nDisallow: /a\n\nUser-agent: x\nDisallow: /b\n\nUser-agent: newswired\nDisallow: /c", "/c/d", false},
		{"another's group", "User-agent: newswired\nDisallow: /a\n\nUser-agent: x\nDisallow: /b", "/b", true},
		{"the longest rule", "User-agent: *\nDisallow: /news\nAllow: /news/world", "/news/world/1", true},
		{"the longest rule, whatever its place", "User-agent: *\nAllow: /news/world\nDisallow: /news", "/news/1", false},
		{"as long", "User-agent: *\nDisallow: /page\nAllow: /page", "/page", true},
		{"a star", "User-agent: *\nDisallow: /*.php", "/a/b.php?x", false},
		{"a star is of the path", "User-agent: *\nDisallow: /b*.php", "/a/b.php", true},
		{"an end", "User-agent: *\nDisallow: /*.php$", "/a.php?x", true},
		{"an end that is there", "User-agent: *\nDisallow: /*.php$", "/a.php.php", false},
		{"a query", "User-agent: *\nDisallow: /*?print=", "/a?print=1", false},
		{"percent-encoded", "User-agent: *\nDisallow: /%7Ejoe/", "/~joe/x", false},
		{"encoded in another way", "User-agent: *\nDisallow: /기사/", "/%EA%b8%b0%EC%82%AC/1", false},
		{"what is encoded for a reason", "User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
		{"lines that make no sense", "Disallow: /a\nUser-agent: *\nCrawl-delay: soon\nNoindex\nDisallow: /b", "/b", false},
		{"a rule before any group", "Disallow: /a\nUser-agent: *\nDisallow: /b", "/a", true},
		{"mark, carriage returns, remarks", "\uFEFFuser-agent: * # all\r\rDISALLOW: /a # not\rAllow: /b", "/a", false},
		{"many stars", "User-agent: *\nDisallow: /" + strings.Repeat("*a", 200) + "b", "/" + strings.Repeat("a", 2000), true},
	} {
		r := ReadRobots(test.text, "newswired")
		if got := r.Allows("https://x.example" + test.path); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
	r := ReadRobots("User-agent: *\nCrawl-delay: 2.5\nDisallow: /a", "newswired")
	if r.Delay != 2500*time.Millisecond {
		t.Errorf("delay %s", r.Delay)
	}
}

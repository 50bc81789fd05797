package web

import (
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"newswired/feed"
)

// hostile is what an outlet may write where pages show a text.
const hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(1)></title></textarea>{{.}}\u202e<!--"

// pagesOfHostiles returns every page of a site on which every text is hostile, with
// a language of the articles and one of the feeds.
func pagesOfHostiles(t *testing.T, articles, feeds string) map[string]string {
	site, lib := newStorySite(t)
	for name := range lib.entries {
		for i := range lib.entries[name] {
			for j := range lib.entries[name][i].Copies {
				c := &lib.entries[name][i].Copies[j]
				c.Title, c.Summary, c.Outlet, c.Credit, c.Language = hostile, hostile+" more", hostile, hostile, articles
				if j == 1 {
					c.Link = "javascript:alert(1)"
				}
			}
		}
	}
	a := lib.accounts[3]
	for id, all := range a.Revisions {
		a.Placed[id] = hostile
		for i := range all {
			all[i].Title, all[i].Summary = hostile+strconv.Itoa(i), hostile+strconv.Itoa(i)
		}
	}
	for i := range a.Related {
		a.Related[i].Title, a.Related[i].Reason = hostile, hostile
	}
	a.Verdicts[0].Reason, a.Decisions[0].Reason = hostile, hostile
	lib.sources[1].Outlet, lib.sources[1].LastError = hostile, hostile
	lib.sources[1].Agency, lib.sources[1].PushError, lib.sources[1].Push = hostile, hostile, "failing"
	lib.sources[1].Warnings = []feed.SourceWarning{{Warning: hostile, Count: 2, Last: morning}}
	lib.self.Problems = []feed.Problem{{Severity: "error", Says: hostile}}
	cfg := config()
	cfg.Feeds[0].Title, cfg.Feeds[0].Description = hostile, hostile
	cfg.Feeds[0].Language, cfg.Feeds[1].Language = feeds, feeds
	site.Configure(cfg)
	pages := make(map[string]string)
	for _, path := range []string{"/", "/feeds/korea", "/feeds/empty", "/stories/3", "/status"} {
		r := ask(site, "GET", path)
		if r.StatusCode != 200 {
			t.Fatalf("%s: status %d", path, r.StatusCode)
		}
		const policy = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
		if got := r.Header.Get("Content-Security-Policy"); got != policy {
			t.Errorf("%s: Content-Security-Policy %q", path, got)
		}
		pages[path] = body(t, r)
	}
	return pages
}

// Whatever outlets write, a page stays the document that we wrote: elements end
// where they should, nothing runs, nothing is fetched from elsewhere.
func TestPagesOfHostiles(t *testing.T) {
	void := map[string]bool{"meta": true, "link": true, "input": true}
	ours := map[string]bool{}
	for name := range strings.FieldsSeq("html head title meta link body header nav main section article footer div h1 h2 h3 p a b span time ul ol li table thead tbody tr th td input ins del dl dt dd figure figcaption svg path desc details summary") {
		ours[name] = true
	}
	pages := pagesOfHostiles(t, `en" onclick="x`, "")
	for path, text := range pagesOfHostiles(t, "ko", "ko") {
		if !strings.Contains(text, `<html lang="ko">`) && path != "/status" {
			t.Errorf("%s is not Korean", path)
		}
		pages["ko "+path] = text
	}
	for path, text := range pages {
		z := html.NewTokenizer(strings.NewReader(text))
		var stack []string
		ids, level, landmarks := map[string]bool{}, 0, map[string]int{}
		for z.Next() != html.ErrorToken {
			token := z.Token()
			switch token.Type {
			case html.CommentToken:
				t.Errorf("%s: comment %q", path, token.Data)
			case html.EndTagToken:
				if len(stack) == 0 || stack[len(stack)-1] != token.Data {
					t.Fatalf("%s: </%s> ends %v", path, token.Data, stack)
				}
				stack = stack[:len(stack)-1]
			case html.StartTagToken:
				if !ours[token.Data] {
					t.Errorf("%s: <%s> is not ours", path, token.Data)
				}
				if !void[token.Data] {
					stack = append(stack, token.Data)
				}
				if !slices.Contains(stack, "svg") { // whose <title> is another
					landmarks[token.Data]++
				}
				if n := strings.TrimPrefix(token.Data, "h"); len(n) == 1 && n >= "1" && n <= "6" {
					if next := int(n[0] - '0'); next > level+1 {
						t.Errorf("%s: <h%d> after <h%d>", path, next, level)
					} else {
						level = next
					}
				}
				checkAttributes(t, path, token, ids)
			}
		}
		if len(stack) > 0 {
			t.Errorf("%s: %v do not end", path, stack)
		}
		for _, one := range []string{"header", "main", "footer", "h1", "title"} {
			if landmarks[one] != 1 {
				t.Errorf("%s: %d <%s>", path, landmarks[one], one)
			}
		}
		if strings.Contains(text, "ZgotmplZ") || strings.Contains(text, "\u202e") {
			t.Errorf("%s: an address was refused by the template, or text turns round", path)
		}
	}
}

// checkAttributes finds what would run or be fetched, and ids that are there
// twice.
func checkAttributes(t *testing.T, path string, token html.Token, ids map[string]bool) {
	t.Helper()
	stylesheet := false
	for _, a := range token.Attr {
		stylesheet = stylesheet || a.Key == "rel" && a.Val == "stylesheet"
	}
	for _, a := range token.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "src", a.Key == "action":
			t.Errorf("%s: <%s %s=%q>", path, token.Data, a.Key, a.Val)
		case a.Key == "id":
			if ids[a.Val] {
				t.Errorf("%s: id %q is there twice", path, a.Val)
			}
			ids[a.Val] = true
		case a.Key == "href":
			u, err := url.Parse(a.Val)
			if err != nil || stylesheet && (u.IsAbs() || u.Host != "") {
				t.Errorf("%s: <%s> asks for %q, %v", path, token.Data, a.Val, err)
			}
			if err == nil && u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "feed" {
				t.Errorf("%s: a link to %q", path, a.Val)
			}
		}
	}
}

// The style sheet asks for nothing, and its colours can be told apart (WCAG 2.2,
// 1.4.3), by day and by night.
func TestStyle(t *testing.T) {
	text := string(styleSheet)
	if regexp.MustCompile(`(?i)url\(|@import|@font-face`).MatchString(text) {
		t.Error("the style sheet asks for something")
	}
	day, night, found := strings.Cut(text, "prefers-color-scheme: dark")
	if !found {
		t.Fatal("no night")
	}
	colour := regexp.MustCompile(`--(\w+): #(\w{6});`)
	colours := make(map[string]float64)
	for _, part := range []string{day, night} {
		for _, m := range colour.FindAllStringSubmatch(part, -1) {
			colours[m[1]] = luminance(t, m[2])
		}
		for _, pair := range []string{
			"ink paper", "ink card", "ink added", "ink removed", "quiet paper", "quiet card", "link paper", "link card",
			"good paper", "bad paper", "idle paper", "paper link",
		} {
			front, back, _ := strings.Cut(pair, " ")
			a, b := colours[front], colours[back]
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 {
				t.Errorf("%s on %s: contrast %.2f", front, back, ratio)
			}
		}
	}
}

// luminance is the relative luminance of a colour as WCAG defines it.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	linear := func(shift int) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0)
}

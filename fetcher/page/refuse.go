package page

import (
	"bytes"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"newswired/feed"
)

// A Reason is why the text of a page could not be had.
type Reason string

// The reasons, few enough to be counted.
const (
	NotHTML   Reason = "not html"  // a picture, a PDF file, JSON
	TooLarge  Reason = "too large" // a bound was hit
	Challenge Reason = "challenge" // a page that lets only browsers pass
	Consent   Reason = "consent"   // a page that asks for consent before it shows the article
	Login     Reason = "login"     // a page that asks for a name and a password
	Paywall   Reason = "paywall"   // the start of the text, and an offer to buy the rest
	NoText    Reason = "no text"   // a page without an article: a list, a picture, a video
	Panicked  Reason = "panic"     // our own fault: reading it panicked
)

// A RefusedError says why a page is not to be kept as an Article's text.
type RefusedError struct {
	Reason Reason
	Text   string // for people
}

// Error returns what there is to say for people.
func (e *RefusedError) Error() string { return e.Text }

// refused returns the error of a refusal.
func refused(reason Reason, text string) error { return &RefusedError{reason, text} }

// Challenged returns who shows robots a page instead of what they asked for, ""
// if nobody does. Articles have some of the same words, so it is asked about
// pages in which nothing else was found.
func Challenged(text []byte) (who string) {
	for _, c := range challenges {
		if bytes.Contains(text, []byte(c.word)) {
			return c.who
		}
	}
	return ""
}

// challenges are words of the pages that are shown to whoever might be a robot,
// and who shows them.
var challenges = []struct{ word, who string }{
	{"<title>Just a moment...</title>", "Cloudflare"},
	{"/cdn-cgi/challenge-platform/", "Cloudflare"},
	{"Attention Required! | Cloudflare", "Cloudflare"},
	{"_Incapsula_Resource", "Imperva"},
	{"errors.edgesuite.net", "Akamai"},
	{"DDoS-Guard", "DDoS-Guard"},
	{"awsWafCookieDomainList", "AWS"},
	{"geo.captcha-delivery.com", "DataDome"},
	{"px-captcha", "HUMAN"},
	{"g-recaptcha", "reCAPTCHA"},
}

// checkHTML refuses what is no web page.
func checkHTML(body, text []byte, contentType string) error {
	mediaType, _, _ := mime.ParseMediaType(contentType)
	if mediaType != "" && mediaType != "text/html" && mediaType != "application/xhtml+xml" && mediaType != "text/plain" && mediaType != "application/xml" && mediaType != "text/xml" && mediaType != "application/octet-stream" {
		return refused(NotHTML, "a file of "+feed.OneLine(mediaType)+", not a web page")
	}
	trimmed := bytes.TrimSpace(text)
	switch kind := http.DetectContentType(body); {
	case len(trimmed) == 0:
		return refused(NotHTML, "an empty body, not a web page")
	case trimmed[0] == '{', trimmed[0] == '[':
		return refused(NotHTML, "JSON, not a web page")
	case !strings.HasPrefix(kind, "text/") && !looksHTML(trimmed):
		return refused(NotHTML, "a file of "+kind+", not a web page")
	case !looksHTML(trimmed):
		return refused(NotHTML, "plain text, not a web page")
	case feedRoot.Match(trimmed[:min(len(trimmed), 1024)]):
		return refused(NotHTML, "a feed, not a web page")
	}
	return nil
}

var (
	// How feeds begin, and elements of which every page in HTML has one.
	feedRoot = regexp.MustCompile(`<(?:rss|feed|rdf:RDF)[\s>]`)
	htmlTag  = regexp.MustCompile(`(?i)<(?:!doctype html|html|head|body|div|p|meta|title|article|section|table|script|br|h[1-6]|span|center|font)[\s>/]`)
)

// looksHTML reports whether there is a tag of HTML near the start of a text.
func looksHTML(text []byte) bool { return htmlTag.Match(text[:min(len(text), 16<<10)]) }

// refusal names what is shown instead of an article, nil if it is one. Those
// pages have sentences too, a few; by their titles they are told from flashes,
// which have one.
func (s *scan) refusal(l *linked, p *feed.Page, text []byte) error {
	const little = 1500 // bytes of text; what has more is an article whatever it is called
	marked := s.paywall(l, p)
	title := strings.ToLower(s.title)
	named := " (" + quote40(s.title) + ")"
	short := len(p.Text) < little
	switch {
	case short && slices.ContainsFunc(challengeTitles, func(t string) bool { return strings.HasPrefix(title, t) }):
		return refused(Challenge, "a challenge page"+named+", which lets only browsers pass")
	case short && (containsAny(title, consentTitles) || containsAny(strings.ToLower(s.url), consentURLs)):
		return refused(Consent, "a page that asks for consent"+named+", not an article")
	case short && s.password && containsAny(title, loginTitles):
		return refused(Login, "a login page"+named+", not an article")
	case marked != "":
		return refused(Paywall, "its text is cut by a paywall ("+marked+")")
	case len(p.Text) >= enough, isWhole(p.Text):
		return nil
	}
	if who := Challenged(text); who != "" {
		return refused(Challenge, "a challenge page by "+who+", which lets only browsers pass; ask the publisher to let newswired in")
	}
	lower := strings.ToLower(string(text[:min(len(text), 64<<10)]))
	switch {
	case containsAny(lower, consentWords):
		return refused(Consent, "a page that asks for consent"+named+", not an article")
	case s.password, containsAny(title, loginTitles):
		return refused(Login, "a login page"+named+", not an article")
	}
	return refused(NoText, "no article in the page"+named)
}

// isWhole reports whether a short text is a report all the same: flashes have one
// sentence.
func isWhole(text string) bool {
	return utf8.RuneCountInString(text) >= proseLength(text) && endsSentence(text)
}

// quote40 returns a title in quotes, cut to 40 characters.
func quote40(title string) string {
	if n := prefixOf(title, 40); n < len(title) {
		title = title[:n] + "…"
	}
	return `"` + title + `"`
}

// containsAny reports whether one of some words stands anywhere in a text.
func containsAny(text string, words []string) bool {
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

var (
	// Titles begin so; a report on airports has security checks in its headline.
	challengeTitles = []string{"just a moment", "attention required", "access denied", "are you a robot", "are you human", "security check",
		"verify you are human", "checking your browser", "pardon our interruption", "request rejected", "robot check", "bot verification", "ddos protection"}
	// The others stand anywhere in a title, a URL or a page.
	consentTitles = []string{"before you continue", "cookie consent", "consent required", "privacy settings", "we value your privacy", "your privacy choices",
		"your privacy matters", "bevor sie fortfahren", "datenschutzeinstellungen", "avant de continuer", "antes de continuar"}
	consentURLs  = []string{"//consent.", "//guce.", "privacy-mgmt", "/cookiewall", "/consent?"}
	consentWords = []string{"consent-page", "collectconsent", "cookiewall", "accept all cookies"}
	loginTitles  = []string{"log in", "login", "sign in", "signin", "로그인", "ログイン", "登录", "登入", "anmelden", "se connecter", "iniciar sesión"}
)

// paywall returns by what sign a page's text is cut, "" if it is whole. That it
// is for subscribers says nothing by itself: many pages hold all of it, and hide
// it by script.
func (s *scan) paywall(l *linked, p *feed.Page) string {
	const (
		teaser = 700  // bytes; what is free of an article
		long   = 2500 // what is longer is more than that
	)
	if len(p.Text) > long || len(l.body) > 0 && len(p.Text)*10 >= len(l.body)*8 && len(p.Text) > teaser {
		return ""
	}
	if len(s.offers) > 0 {
		return s.offers[0]
	}
	end := strings.TrimRight(p.Text, " \"'”’")
	if l.paid && (len(p.Text) < teaser || strings.HasSuffix(end, "…") || strings.HasSuffix(end, "...") || !endsSentence(end)) {
		return "isAccessibleForFree is false"
	}
	return ""
}

package page

import (
	"errors"
	"strings"
	"testing"

	"newswired/feed"
)

const sentence = "<p>A ferry sank off Mokpo on Sunday, and all who were aboard were rescued, the coast guard said.</p>"

// What is no article is refused by name.
func TestRefused(t *testing.T) {
	paid := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sinks","isAccessibleForFree":%s}</script>`
	for _, test := range []struct {
		name, contentType, body string
		want                    Reason
	}{
		{"article", "text/html; charset=utf-8", "<html><title>Ferry sinks</title>" + strings.Repeat(sentence, 1), ""},
		{"no type", "", "<html><title>Ferry sinks</title>" + sentence, ""},
		{"picture", "image/jpeg", "\xff\xd8\xff\xe0", NotHTML},
		{"PDF", "", "%PDF-1.7 ...", NotHTML},
		{"PDF sent as HTML", "text/html", "%PDF-1.7 ...", NotHTML},
		{"JSON", "application/json", `{"a":1}`, NotHTML},
		{"JSON sent as HTML", "text/html", ` {"a":1}`, NotHTML},
		{"text", "text/plain", "A ferry sank.", NotHTML},
		{"empty", "text/html", " \n", NotHTML},
		{"feed", "text/xml", "<?xml version='1.0'?><rss><channel><title>x</title></channel></rss>", NotHTML},
		{"large", "text/html", "<p>" + strings.Repeat("x", maxBytes), TooLarge},
		{"deep", "text/html", strings.Repeat("<div>", 1000), TooLarge},
		{"many", "text/html", strings.Repeat("<p>x", maxNodes), TooLarge},
		{"Cloudflare", "text/html", "<html><title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script>", Challenge},
		{"Akamai", "text/html", "<html><title>Access Denied</title><h1>Access Denied</h1>You don't have permission. errors.edgesuite.net", Challenge},
		{"by its title", "text/html", "<html><title>Are you a robot?</title><p>Prove it.</p>", Challenge},
		{"challenge in a sentence", "text/html", "<html><title>Just a moment...</title><p>Checking your browser before accessing herald.example, which takes up to five seconds.</p>", Challenge},
		{"consent in sentences", "text/html", "<html><title>Before you continue</title><p>We use cookies and data to deliver our services, and to measure how they are used by you and others.</p>" + sentence, Consent},
		{"article about consent", "text/html", "<html><title>Age of consent to rise, minister says</title>" + sentence, ""},
		{"article about logins", "text/html", "<html><title>Login data of millions stolen from ferry firm</title><input type=search>" + sentence, ""},
		{"flash behind Cloudflare", "text/html", "<html><title>Ferry sinks</title>" + sentence + "<script src=/cdn-cgi/challenge-platform/x></script>", ""},
		{"article with a captcha below", "text/html", "<html><title>Ferry sinks</title>" + strings.Repeat(sentence, 4) + "<div class=g-recaptcha></div>", ""},
		{"consent", "text/html", "<html><title>Before you continue to Harbor</title><form><button>Accept all</button></form>", Consent},
		{"login", "text/html", "<html><title>Sign in</title><form><input name=u><input type=password></form>", Login},
		{"login in Korean", "text/html", "<html><title>로그인 - 항구일보</title><form><input name=u></form>", Login},
		{"offer", "text/html", "<html><title>Ferry sinks</title>" + sentence + "<div class=paywall><p>Subscribe to continue reading. Already a subscriber? Sign in.</p></div>", Paywall},
		{"offer in Korean", "text/html", "<html><title>여객선 침몰</title><p>24일 오전 전남 목포 앞바다에서 여객선이 침몰했으나 승객 120명은 모두 구조됐다.</p><p>이 기사는 유료 구독자만 볼 수 있습니다.</p>", Paywall},
		{"not for free, and short", "text/html", "<html><title>Ferry sinks</title>" + strings.Replace(paid, "%s", `"False"`, 1) + sentence, Paywall},
		{"not for free, and whole", "text/html", "<html><title>Ferry sinks</title>" + strings.Replace(paid, "%s", "false", 1) + distinct(40), ""},
		{"for free", "text/html", "<html><title>Ferry sinks</title>" + strings.Replace(paid, "%s", "true", 1) + sentence, ""},
		{"video", "text/html", "<html><title>Ferry sinks - video</title><video src=x></video><ul><li><a href=/a>Home</a></ul>", NoText},
		{"list", "text/html", "<html><title>World</title>" + strings.Repeat("<h2><a href=/x>A ferry sank off Mokpo on Sunday, all were rescued</a></h2>", 30), NoText},
	} {
		p, err := Read([]byte(test.body), test.contentType, "https://herald.example/a", feed.Source{})
		var r *RefusedError
		if errors.As(err, &r) != (test.want != "") || r != nil && (r.Reason != test.want || r.Error() == "") {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
		if whole := test.want == "" || test.want == Paywall; whole != (p.Title != "") || whole != (p.Text != "") {
			t.Errorf("%s: headline %q, text %q", test.name, p.Title, p.Text)
		}
	}
}

// distinct returns paragraphs of which none is like another.
func distinct(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Replace(sentence, "ferry", "ferry with "+strings.Repeat("many ", i+1)+"cars", 1))
	}
	return b.String()
}

func TestChallenged(t *testing.T) {
	for _, c := range challenges {
		if who := Challenged([]byte("<html><body>" + c.word)); who != c.who {
			t.Errorf("%s: %q", c.word, who)
		}
	}
	if who := Challenged([]byte("<html><body>" + sentence)); who != "" {
		t.Errorf("an article is a challenge by %s", who)
	}
}

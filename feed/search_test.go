package feed

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestIndexed(t *testing.T) {
	for text, want := range map[string]string{
		"AI가 5% 인상한다": "ai 가 5 인상 상한 한다",
		"対ロシア制裁":      "対ロ ロシ シア ア制 制裁",
		"N. Korea's":  "n korea",
		"금리":          "금리",
		"地, 震":        "地 震",
		"KBS는 5G서비스를": "kbs 는 5g 서비 비스 스를",
		"ＡＢＣ　ｶﾞｽ":     "abc ガス",
		"":            "",
		"—":           "",
		"한국과학회":       "한국 국과 과학 학회",
	} {
		if got := Indexed(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestReadSearch(t *testing.T) {
	seoul := time.FixedZone("KST", 9*3600)
	for text, want := range map[string]string{
		`storm`:                 `"storm"`,
		`북한 "cruise missile"`:   `"북한" AND "cruise missile"`,
		`ferr* -weather -"a b"`: `(("ferr" * OR "ferre")) NOT ("weather" OR "a b")`,
		`G7* нато*`:             `"g7" * AND "нато" *`,
		`미사일`:                   `"미사 사일"`,
		`기준금리 인상`:               `"기준 준금 금리" AND "인상"`,
		`"5G 서비스"`:              `"5g 서비 비스"`,
		`北`:                     `"北" *`,
		`COVID-19`:              `"covid 19"`,
		`"half open`:            `"half open"`,
		`“굽은 따옴표”`:              `"굽은 따옴 옴표"`,
		`„kalter Krieg“ vorbei`: `"kalter krieg" AND "vorbei"`,
		`«холодная война» -мир`: `("холодная война") NOT ("мир")`,
		`a"b`:                    `"a" AND "b"`,
		`NEAR OR (x)`:            `"near" AND "or" AND "x"`,
		`source:yonhap storm`:    `"storm"`,
		`since:2026-03-01 storm`: `"storm"`,
		`& storm`:                `"storm"`,
		`http://a.example`:       `"http a example"`,
	} {
		if s, err := ReadSearch(text, seoul); err != nil || s.Match != want {
			t.Errorf("%q: %s, %v, want %s", text, s.Match, err, want)
		}
	}
	s, err := ReadSearch("storm source:a source:b since:2026-03-01 until:2026-03-02", seoul)
	if err != nil || len(s.Sources) != 2 || !s.Since.Equal(time.Date(2026, 2, 28, 15, 0, 0, 0, time.UTC)) || s.Until.Sub(s.Since) != 48*time.Hour {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err = ReadSearch(`ロシア "5G 서비스" 東京で地震、津波`, seoul); err != nil || !slices.Equal(s.Words, []string{"ロシア", "5g", "서비스", "東京で地震", "津波"}) {
		t.Errorf("to be marked: %q, %v", s.Words, err)
	}
	for _, text := range []string{"", "-x", "&", "source: x", "since:yesterday x", "x -source:a", "x since:2026-03-02 until:2026-03-01"} {
		if s, err := ReadSearch(text, seoul); err == nil {
			t.Errorf("%q: %+v, want an error", text, s)
		}
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("nothing here ", 20)
	for _, c := range []struct {
		text  string
		words []string
		want  string
	}{
		{"Two ferries sank", []string{"ferry"}, "Two [ferries] sank"},
		{"북한이 미사일을 쐈다", []string{"북한", "미사일"}, "[북한]이 [미사일]을 쐈다"},
		{"기준금리를", []string{"금리"}, "기준[금리]를"},
		{"東日本大地震の", []string{"地", "震"}, "東日本大[地震]の"},
		{"シリアとロシア", []string{"ロシア"}, "シリアと[ロシア]"},
		{"แผ่นดินไหวในกรุง", []string{"แผ่นดิน"}, "[แผ่นดิน]ไหวในกรุง"},
		{"Über München, İstanbul", []string{"uber", "münchen", "istanbul"}, "[Über] [München], [İstanbul]"},
		{"Mu\u0308ller", []string{"müller"}, "[Mu\u0308ller]"},
		{"हिन्दी समाचार", []string{"हिन्दी"}, "[हिन्दी] समाचार"},
		{"KOREA korean", []string{"korea"}, "[KOREA] korean"},
		{"nothing", []string{"x"}, "nothing"},
		{"", nil, ""},
		{long + "a storm " + long, []string{"storm"}, "… nothing here a [storm] nothing here nothing here …"},
	} {
		if got := Excerpt(c.text, c.words, 50, "[", "]"); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// Whatever people type, FTS5 gets balanced quotes and never their syntax.
func FuzzSearch(f *testing.F) {
	f.Add(`북한 "a b" -c d* source:x`, "북한이 a b")
	f.Add(`"`, "")
	f.Add("\x00*\"-\"", "ß İ ﬁ")
	f.Fuzz(func(t *testing.T, question, text string) {
		s, err := ReadSearch(question, time.UTC)
		if err != nil {
			return
		}
		if strings.Count(s.Match, `"`)%2 != 0 {
			t.Errorf("%q: %s", question, s.Match)
		}
		text = strings.ToValidUTF8(text, "")
		got := Excerpt(text, s.Words, 40, "", "")
		if !utf8.ValidString(got) {
			t.Errorf("%q in %q: %q", question, text, got)
		}
		if got = strings.TrimSuffix(strings.TrimPrefix(got, "… "), " …"); !strings.Contains(text, got) {
			t.Errorf("%q in %q: %q is not of it", question, text, got)
		}
	})
}

// Of Articles that have the words those go first that have them in the headline, then
// the newer ones.
func TestSearchFit(t *testing.T) {
	q, err := ReadSearch("ferry 금리", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	last := math.Inf(1)
	for _, a := range []struct {
		title string
		age   time.Duration
	}{
		{"Ferries and 기준금리", -time.Hour}, // dated ahead: no better than now
		{"Ferry, FERRY, 금리", time.Hour},
		{"Ferry 금리", 1000 * 24 * time.Hour},
	} {
		fit := q.Fit(a.title, a.age)
		if fit >= last || fit < 1 {
			t.Errorf("%s, %v old: %v after %v", a.title, a.age, fit, last)
		}
		last = fit
	}
	if none, half := q.Fit("Budget", 0), q.Fit("Ferry", 0); none > last || half <= none || half >= 2 {
		t.Errorf("no word %v, one of two %v, both of old %v", none, half, last)
	}
}

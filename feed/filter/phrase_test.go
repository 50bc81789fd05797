package filter

import (
	"testing"

	"newswired/feed"
)

// mentioned asks as a Feed would, with the text in a headline.
func mentioned(t *testing.T, phrase, text string) bool {
	t.Helper()
	p, err := newPhrase(phrase, false)
	if err != nil {
		t.Fatalf("phrase %q: %v", phrase, err)
	}
	s := Prepare(&feed.Story{Copies: []feed.Copy{{Article: feed.Article{Title: text}}}})
	s.read()
	return p.find(&s.words) >= 0
}

func TestPhrase(t *testing.T) {
	for _, c := range []struct {
		phrase   string
		found    []string
		notFound []string
	}{
		{"Iran", []string{"Iran", "IRAN", "Iran's oil", "Iran’s oil", "“Iran”", "US-Iran talks", "l'Iran", "Ｉｒａｎ", "in Iran.", "Ir\u00adan", "Iran이"},
			[]string{"Iranian", "Tirana", "Irans", "I ran", "Ira n", "Iran1"}},
		{"N. Korea", []string{"N. Korea's", "N.Korea", "n korea", "N.-Korea", "N.  Korea’s Kim", "(N. Korea)"},
			[]string{"N. Koreans", "S. Korea", "North Korea", "N. Kore", "n. south korea", "an. korean"}},
		{"North Korea", []string{"North Korea", "north  korea", "North\u00a0Korea", "North-Korea", "NORTH KOREA'S"},
			[]string{"North Korean", "NorthKorea", "North of Korea", "north"}},
		{"Korea's economy", []string{"Korea economy", "Korea's economy"}, []string{"Koreas economy"}},
		{"boss", []string{"the boss's", "boss"}, []string{"bosses", "bos's"}},
		{"U.S.", []string{"U.S.", "U.S.-China", "the U.S.'s", "u. s."}, []string{"US", "USS"}},
		{"café", []string{"Cafe\u0301", "CAFÉ"}, []string{"cafe", "cafés"}},
		{"Straße", []string{"STRASSE", "straße"}, []string{"Straßen"}},
		{"Ελλάδα", []string{"ΕΛΛΆΔΑ"}, []string{"Ελλάδας"}},
		{"5G", []string{"5G", "5g서비스"}, []string{"15G", "5Gs"}},
		{"AP", []string{"(AP)", "AP통신은"}, []string{"APEC", "map"}},
		{"COVID-19", []string{"Covid 19", "COVID-19's"}, []string{"COVID-190", "COVID19"}},

		{"북한", []string{"북한", "북한이", "북한의", "북한에서는", "북한과", "북한으로", "북한은커녕", "북한까지도", "북한에게서",
			"북한만이", "북한, ", "'북한'", "對북한", "남·북한", "미국·북한의", "북한軍", "북한으로부터의", "북한이라고"},
			[]string{"대북한", "북한군", "북한산", "북한인", "북한로", "북한가", "북한는", "북", "남북한이", "북한학", "북한이라크"}},
		{"한국", []string{"한국", "한국을", "한국과의", "한국서"}, []string{"남한국경", "한국어", "한국인", "한국이란", "한국와", "대한민국"}},
		{"러시아", []string{"러시아가", "러시아와", "러시아로", "러시아는", "러시아에선"}, []string{"러시아이", "러시아과", "러시아인", "벨라러시아"}},
		{"서울", []string{"서울로", "서울을", "서울에서"}, []string{"서울으로", "서울시", "서울대"}},
		{"김정은", []string{"김정은이", "김정은 위원장", "김정은도"}, []string{"김정은이가", "김정"}},
		{"국제 유가", []string{"국제 유가", "국제유가", "국제유가가", "국제 유가는"}, []string{"국제의원", "국제", "유가 국제", "국제유가증권"}},
		{"핵 실험", []string{"핵실험", "핵 실험을", "핵의 실험"}, []string{"핵실험장", "핵과학실험"}},
		{"5G 서비스", []string{"5G 서비스", "5G서비스", "5g 서비스를", "５Ｇ 서비스"}, []string{"15G 서비스", "5G", "서비스 5G"}},
		{"코로나19", []string{"코로나19", "코로나19의", "코로나 19"}, []string{"코로나", "코로나191"}},

		{"北", []string{"北, 미사일 발사", "北韓", "訪北"}, []string{"북", "南"}},
		{"朝鲜", []string{"朝鲜半岛", "在朝鲜。", "对朝鲜制裁"}, []string{"朝，鲜", "鲜朝"}},
		{"ロシア", []string{"対ロシア制裁", "ﾛｼｱ", "ロシア"}, []string{"ロ・シア", "ロシ"}},
		{"ミサイル 発射", []string{"ミサイル発射", "ミサイル、発射"}, []string{"ミサイルを発射"}},
		{"コーヒー", []string{"コーヒーを"}, []string{"コヒ"}},
	} {
		for _, text := range c.found {
			if !mentioned(t, c.phrase, text) {
				t.Errorf("%q: not found in %q, tokens %v", c.phrase, text, feed.Tokens(nil, feed.Fold(text)))
			}
		}
		for _, text := range c.notFound {
			if mentioned(t, c.phrase, text) {
				t.Errorf("%q: found in %q, tokens %v", c.phrase, text, feed.Tokens(nil, feed.Fold(text)))
			}
		}
	}
}

func TestPhraseOfNothing(t *testing.T) {
	for _, text := range []string{"", " ", "…", "'", "\u0301", "\u200b", "🚀"} {
		if p, err := newPhrase(text, false); err == nil {
			t.Errorf("%q became a phrase of %v", text, p.tokens)
		}
	}
}

// A phrase does not reach from one text into the next.
func TestTextsAreApart(t *testing.T) {
	s := Prepare(&feed.Story{Copies: []feed.Copy{
		{Article: feed.Article{Title: "Talks with North", Summary: "Korea first", Content: "<p>Kim<p>Jong Un"}},
		{Article: feed.Article{Title: "Korea waits"}},
	}})
	for phrase, want := range map[string]bool{
		"North Korea": false, "first Kim": false, "Kim Jong Un": true, "with North": true,
	} {
		if got := judge(t, `mentions("`+phrase+`")`, s).Passes; got != want {
			t.Errorf("%q: %v, want %v", phrase, got, want)
		}
	}
}

// A particle has the form that the sound before it asks for: 는 follows no consonant.
func TestParticlesAgree(t *testing.T) {
	for _, c := range []struct {
		last rune
		tail string
		want bool
	}{
		{'한', "은", true}, {'한', "는", false}, {'아', "는", true}, {'아', "은", false},
		{'울', "로", true}, {'울', "으로", false}, {'한', "으로", true}, {'아', "로", true}, {'한', "로", false},
		{'한', "에서는", true}, {'한', "에서은", false}, {'한', "의의", false}, {'한', "만으로도", true}, {'한', "의에서", false},
		{'한', "까지가", true}, {'한', "까지이", false}, {'한', "", false}, {'a', "는", true},
	} {
		if got := areParticles(c.last, c.tail); got != c.want {
			t.Errorf("%c+%s: %v, want %v", c.last, c.tail, got, c.want)
		}
	}
}

// FuzzMentions holds the law that a phrase is found in every text in which it
// stands between spaces, whatever is around it.
func FuzzMentions(f *testing.F) {
	for _, s := range [][3]string{
		{"after", "N. Korea's", "test"}, {"한국은", "북한의 핵", "이라고"}, {"x'", "s", "'s"},
		{"中", "国 人", "民"}, {"e", "\u0301e", "\u0301"}, {"ᄀ", "ᅡ", "ᆨ"}, {"ﾛ", "ﾊﾞ", "ﾟ"},
		{"", "İstanbul", "ß"}, {"\u200b", "a\u200bb", "\ufe0f"}, {"5", "5G 서비스", "G"},
	} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(func(t *testing.T, prefix, text, suffix string) {
		p, err := newPhrase(text, false)
		if err != nil {
			return
		}
		s := Prepare(&feed.Story{Copies: []feed.Copy{{Article: feed.Article{Title: prefix + " " + text + " " + suffix}}}})
		s.read()
		if p.find(&s.words) < 0 {
			t.Errorf("%q %v is not found between %q and %q: %v", text, p.tokens, prefix, suffix, s.words.tokens)
		}
	})
}

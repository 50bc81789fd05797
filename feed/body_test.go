package feed

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// Each row of the table says where it was seen, and takes off what it is there for.
func TestNoticeRows(t *testing.T) {
	for _, row := range noticeRows {
		if row.Source == "" || !strings.Contains(row.Example, row.Text) {
			t.Errorf("%s: no source, or no example of it", row.Text)
		}
		want, _, _ := strings.Cut(row.Example, row.Text)
		want = strings.TrimSuffix(strings.TrimSpace(want), " hong@example.com")
		if b := ReadBody(row.Example); b.Words != want {
			t.Errorf("%s: %q left %q", row.Text, row.Example, b.Words)
		}
	}
}

func TestReadBody(t *testing.T) {
	const report = "A ferry sank off Mokpo on Sunday and all aboard were rescued."
	const korean = "여객선이 28일 목포 앞바다에서 침몰했으나 승객은 모두 구조됐다."
	for _, test := range []struct{ text, words, agency, place string }{
		{report, report, "", ""},
		{"SEOUL, Dec. 28 (Yonhap) -- " + report, report, "Yonhap", "SEOUL"},
		{"SEOUL, Dec. 28 (Yonhap) - " + report, report, "Yonhap", "SEOUL"},
		{"Dec. 28 (Yonhap) -- " + report, report, "Yonhap", ""},
		{"GYEONGSAN, South Korea, Dec. 28 (Yonhap) -- " + report, report, "Yonhap", "GYEONGSAN"},
		{"By Hong Gil-dong SEOUL, Dec. 28 (Yonhap) -- " + report + " hong@example.com (END)", report, "Yonhap", "SEOUL"},
		{"S Korea-ferry (LEAD) Ferry sinks (ATTN: ADDS photo) By Hong SEOUL, Dec. 28 (Yonhap) -- " + report, report, "Yonhap", "SEOUL"},
		{"(ATTN: UPDATES with details) SEOUL, Dec. 28 (Yonhap) -- " + report, report, "Yonhap", "SEOUL"},
		{"Two parties blame the owner SEOUL, Dec. 28 (Yonhap) —- " + report, "Two parties blame the owner " + report, "Yonhap", "SEOUL"},
		{"WASHINGTON (Reuters) - " + report, report, "Reuters", "WASHINGTON"},
		{"NEW YORK (AP) -- " + report, report, "AP", "NEW YORK"},
		{"LONDON (AFP) - " + report, report, "AFP", "LONDON"},
		{"LISBOA, 18 jun (Xinhua) -- " + report, report, "Xinhua", "LISBOA"},
		{"BEIJING, May 9 (Xinhua) — " + report, report, "Xinhua", "BEIJING"},
		{"Seoul, Nov 29 (EFE).- " + report, report, "EFE", "Seoul"},
		{"Nueva Delhi, 21 ene (EFE).- " + report, report, "EFE", "Nueva Delhi"},
		{"(ANSA) - ROMA, 27 GIU - " + report, report, "ANSA", "ROMA"},
		{"MOSCOW, January 21. /TASS/. " + report, report, "TASS", "MOSCOW"},
		{"SALVADOR, Feb 26 - " + report, report, "", ""},
		{"CARSON, CALIF., March 4 - " + report, report, "", ""},
		{"BAGHDAD, Iraq - " + report, report, "", ""},
		{"By Yonhap " + report, report, "Yonhap", ""},

		{"(목포=연합뉴스) 홍길동 기자 = " + korean, korean, "Yonhap", "목포"},
		{"(무안·서울=연합뉴스) 홍길동 성춘향 기자 = " + korean, korean, "Yonhap", "무안·서울"},
		{"선사 \"원인 조사\"…승객 귀가(목포=연합뉴스) 홍길동 기자 = " + korean, "선사 \"원인 조사\"…승객 귀가 " + korean, "Yonhap", "목포"},
		{"[목포=뉴시스]홍길동 기자 = " + korean + " ◎공감언론 뉴시스 hong@example.com", korean, "Newsis", "목포"},
		{"[워싱턴·서울=뉴시스] 홍길동 특파원, 성춘향 기자 = " + korean, korean, "Newsis", "워싱턴·서울"},
		{"(목포=뉴스1) 홍길동 기자 = " + korean, korean, "News1", "목포"},
		{"[이데일리 홍길동 기자] " + korean, korean, "", ""},
		{"[항구일보=홍길동 기자]" + korean, korean, "", ""},
		{"[홍길동 객원기자 hong@example.com] " + korean, korean, "", ""},
		{"[홍길동 항구일보e.기자 hong@example.com] " + korean, korean, "", ""},
		{"[제보 hong@example.com] " + korean, "[제보 hong@example.com] " + korean, "", ""},
		{"【항구일보 목포=홍길동 기자】 " + korean, korean, "", ""},
		{"[앵커]" + korean, korean, "", ""},
		{"침몰한 여객선 (사진=연합뉴스)" + korean, korean, "", ""},
		{"[항구일보=홍길동 기자] " + korean + " 침몰한 여객선의 모습.(사진=해경) " + korean, korean + " " + korean, "", ""},
		{"[항구일보=홍길동 기자] " + korean + "(사진=해경)" + korean, korean + " " + korean, "", ""},
		{korean + " 구조된 승객들이 손을 흔들고 있다. /연합뉴스", korean, "", ""},
		{"구조된 승객들이 손을 흔들고 있다. 연합뉴스", "", "", ""},
		{"구조된 승객들이 손을 흔들고 있다. 홍길동 기자 " + korean, korean, "", ""},
		{"[항구일보=홍길동 기자] " + korean + "구조된 승객들이 손을 흔들고 있다. [연합]" + korean, korean + " " + korean, "", ""},
		{"Look!(사진=해경)" + korean, korean, "", ""},
		{"How many of 2026?(Yonhap)" + report, report, "", ""},
		{"[항구일보=홍길동 기자] " + korean + " 모두 구했다!(사진=해경)" + korean, korean + " 모두 구했다! " + korean, "", ""},
		{"The port on Nov. 14, as seen by Rep. Hong (Yonhap)" + report, report, "", ""},
		{"조난 신고 늦어져[항구일보=홍길동 기자] " + korean, "조난 신고 늦어져 " + korean, "", ""},
		{"홍길동 선장. [연합][항구일보=홍길동 기자] " + korean, korean, "", ""},
		{korean + " " + korean + " (목포=뉴스1)…", korean + " " + korean + " …", "", ""},
		{"침몰한 여객선 [해경 제공][항구일보=홍길동 기자] " + korean, korean, "", ""},
		{"침몰한 여객선 ⓒ 연합뉴스" + korean, korean, "", ""},
		{korean + " hong@example.com (끝) <저작권자(c) 연합뉴스, 무단 전재-재배포 금지>", korean, "", ""},
		{korean + " 홍길동 기자 hong@example.com", korean, "", ""},
		{korean + "※ '당신의 제보가 뉴스가 됩니다'[카카오톡] YTN 검색해…", korean, "", ""},
		{korean + " (사진=연합뉴스)", korean, "", ""},
		{korean + "#목포 #여객선연합뉴스TV 기사문의 및 제보…", korean, "", ""},
		{"La compagnie a dÃ©jÃ  dit que tout le monde a Ã©tÃ© sauvÃ©.", "La compagnie a dÃ©jÃ  dit que tout le monde a Ã©tÃ© sauvÃ©.", "", ""},

		{"【ソウル聯合ニュース】旅客船が沈没した。", "旅客船が沈没した。", "Yonhap", "ソウル"},
		{"【北京=共同】旅客船が沈没した。", "旅客船が沈没した。", "Kyodo", "北京"},
		{"［東京 ２４日 ロイター］ - 旅客船が沈没した。", "旅客船が沈没した。", "Reuters", "東京"},
		{"Taro Yamada Hanako Suzuki [東京 ２４日 ロイター] - 旅客船が沈没した。", "旅客船が沈没した。", "Reuters", "東京"},
		{"（ソウル中央社）客輪沉沒。", "客輪沉沒。", "CNA", "ソウル"},
		{"新华社北京9月30日电 客轮沉没。", "客轮沉没。", "Xinhua", "北京"},

		{"Ferry sinks off Mokpo Reuters", "Ferry sinks off Mokpo", "", ""},
		{"He said what he told Reuters", "He said what he told Reuters", "", ""},
		{"(END)", "", "", ""},
		{"", "", "", ""},
		{"무단 전재를 금지한 법이 통과됐다.", "무단 전재를 금지한 법이 통과됐다.", "", ""},
		{"이 대표(사진)는 28일 목포를 찾았다.", "이 대표(사진)는 28일 목포를 찾았다.", "", ""},
		{"The Palestinian Authority (PA) said so - twice.", "The Palestinian Authority (PA) said so - twice.", "", ""},
		{"Associated Press (AP) reporters were there. " + report, "Associated Press (AP) reporters were there. " + report, "", ""},
		{"NATO - the alliance - met in May. " + report, "NATO - the alliance - met in May. " + report, "", ""},
	} {
		b := ReadBody(test.text)
		if b.Words != test.words || b.Credit.Agency != test.agency || b.Credit.Place != test.place {
			t.Errorf("%q:\ngot  %q, %+v\nwant %q, %q, %q", test.text, b.Words, b.Credit, test.words, test.agency, test.place)
		}
	}
}

func TestReadBodyBounds(t *testing.T) {
	for _, part := range []string{"(", "(Yonhap) -- ", "SEOUL, Dec. 28 (Yonhap) -- ", "(사진=연합뉴스)", "[a=b]", "(END)", " a@b.c", "/AP", "ⓒ", "By Yonhap ", "A, B - ", "(x", "(ATTN "} {
		text := strings.Repeat(part, 1<<19/len(part))
		start := time.Now()
		ReadBody(text)
		ReadBody("Storm " + text)
		ReadBody(text + " storm")
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q repeated: took %v", part, took)
		}
	}
}

// What is read of a body is part of it, whatever it is: no word is made up or joined.
func FuzzReadBody(f *testing.F) {
	for _, row := range agencyRows {
		f.Add(row.Example)
	}
	for _, row := range noticeRows {
		f.Add(row.Example)
	}
	f.Add("Two parties blame SEOUL, Dec. 28 (Yonhap) -- A ferry. (Reuters-Yonhap)")
	f.Add("K-POP!(사진=연합뉴스) The ferry sank off Mokpo on Friday, and all of its passengers were rescued?(AP)by two ships.")
	f.Add("By A, B (ATTN: x) [a=b 기자] (사진=연합뉴스) ⓒ AP text a@b.c 홍길동 기자 /연합뉴스")
	f.Fuzz(func(t *testing.T, text string) {
		b := ReadBody(text)
		if utf8.ValidString(text) && !utf8.ValidString(b.Words+b.Credit.Text+b.Credit.Place) {
			t.Errorf("%q: not valid any more: %+v", text, b)
		}
		if !isSubsequence(b.Words, text) {
			t.Errorf("%q: words of its own: %q", text, b.Words)
		}
		if (b.Credit.Agency == "") != (b.Credit.Text == "") || !strings.Contains(text, b.Credit.Text) {
			t.Errorf("%q: credit %+v", text, b.Credit)
		}
	})
}

// isSubsequence reports whether the words stand in a text in their order, white
// space apart.
func isSubsequence(words, text string) bool {
	rest := []rune(text)
	for _, r := range words {
		if unicode.IsSpace(r) {
			continue
		}
		i := 0
		for i < len(rest) && rest[i] != r {
			i++
		}
		if i == len(rest) {
			return false
		}
		rest = rest[i+1:]
	}
	return true
}

func BenchmarkReadBody(b *testing.B) {
	english := "SEOUL, Dec. 28 (Yonhap) -- " + strings.Repeat("The foreign minister said on Sunday that talks would go on. ", 8)
	korean := "선사 \"원인 조사\"…승객 귀가 (목포=연합뉴스) 홍길동 기자 = " + strings.Repeat("여객선이 28일 목포 앞바다에서 침몰했으나 승객은 모두 구조됐다. ", 9)
	plain := strings.Repeat("The foreign minister (right) said on Sunday that talks would go on. ", 8)
	for name, text := range map[string]string{"english": english, "korean": korean, "plain": plain} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ReadBody(text)
			}
		})
	}
}

// BenchmarkReadArticle is all that is read of an Article when it comes.
func BenchmarkReadArticle(b *testing.B) {
	a := &Article{
		Title:   "목포 앞바다서 여객선 침몰…승객 전원 구조, 인명 피해 없어(종합2보)",
		Summary: "선사 \"원인 조사\"…승객 귀가 (목포=연합뉴스) 홍길동 기자 = " + strings.Repeat("여객선이 28일 목포 앞바다에서 침몰했으나 승객은 모두 구조됐다. ", 9),
	}
	b.ReportAllocs()
	for b.Loop() {
		ReadHeadline(a.Title)
		ReadBody(a.Summary)
		ReadCredit(a)
	}
}

package feed

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// Each row of the table says where it was seen, and reads the headline that it gives.
func TestMarkerRows(t *testing.T) {
	seen := map[string]bool{}
	for _, rows := range [][]markerRow{versionRows, correctionRows, rubricRows} {
		for _, row := range rows {
			if row.Example == "" || row.Source == "" || row.Places == 0 || seen[row.Form] {
				t.Errorf("%s: no example, no source, no place or twice", row.Form)
			}
			seen[row.Form] = true
			if row.Form == "editorialfrom*" { // all there is of such a headline
				row.Example += " Ferries"
			}
			h := ReadHeadline(row.Example)
			found := false
			for _, m := range h.Markers {
				r, _ := markerOf(m.Text)
				found = found || r != nil && r.Form == row.Form && m.Kind == row.Kind
			}
			if !found {
				t.Errorf("%s: not read in %q: %+v", row.Form, row.Example, h)
			}
			if h.Words == row.Example || h.Words == "" {
				t.Errorf("%s: left on %q: %q", row.Form, row.Example, h.Words)
			}
		}
	}
}

func TestReadHeadline(t *testing.T) {
	for _, test := range []struct {
		title, words, marker string
		version              int
	}{
		{"Storm nears", "Storm nears", "", 1},
		{"(LEAD) Storm nears", "Storm nears", "LEAD", 2},
		{"(2nd LD) (URGENT) Storm nears", "Storm nears", "2nd LD, URGENT", 3},
		{"(LEAD) (Asiad) Storm nears", "Storm nears", "LEAD", 2},
		{"(Asiad) Medal standings", "Medal standings", "", 1},
		{"(URGENT) Storm nears", "Storm nears", "URGENT", 0},
		{"[속보] 태풍 접근", "태풍 접근", "속보", 0},
		{"[속보]태풍 접근(종합2보)", "태풍 접근", "속보, 종합2보", 3},
		{"[뉴욕증시-1보] 뉴욕증시, 하락 출발", "뉴욕증시, 하락 출발", "뉴욕증시-1보", 0},
		{"태풍 접근(2보)", "태풍 접근", "2보", 1},
		{"태풍 접근 [종합]", "태풍 접근", "종합", 2},
		{"태풍 접근(상보)", "태풍 접근", "상보", 2},
		{"简讯：台风接近", "台风接近", "简讯", 1},
		{"详讯：台风接近", "台风接近", "详讯", 2},
		{"UPDATE 3-Storm nears", "Storm nears", "UPDATE 3", 4},
		{"CORRECTED-UPDATE 1-Storm nears", "Storm nears", "CORRECTED, UPDATE 1", 2},
		{"CORRECTED (OFFICIAL)-Storm nears", "Storm nears", "CORRECTED (OFFICIAL)", 1},
		{"(CORRECTED)-STORM NEARS", "STORM NEARS", "CORRECTED", 1},
		{"RPT-CORRECTED-Storm nears", "Storm nears", "RPT, CORRECTED", 1},
		{"US STOCKS-SNAPSHOT-Storm nears", "Storm nears", "", 1},
		{"Storm nears (Update2)", "Storm nears", "Update2", 3},
		{"Storm nears, 2nd Ld-Writethru", "Storm nears", "2nd Ld-Writethru", 3},
		{"Storm nears, 1stLd-Writethru", "Storm nears", "1stLd-Writethru", 2},

		// nothing but markers
		{"(LEAD)", "(LEAD)", "", 1},
		{"(LEAD) (URGENT)", "(LEAD) (URGENT)", "", 1},
		{"[속보]", "[속보]", "", 1},
		{"UPDATE 1-", "UPDATE 1-", "", 1},
		{"", "", "", 1},
		{" \t", "", "", 1},

		// no markers
		{"Storm (LEAD) nears", "Storm (LEAD) nears", "", 1},
		{"(LEAD Storm nears", "(LEAD Storm nears", "", 1},
		{"(NISSAN MOTOR) LATE FEBRUARY SALES UP", "(NISSAN MOTOR) LATE FEBRUARY SALES UP", "", 1},
		{"Lead-free paint sells well", "Lead-free paint sells well", "", 1},
		{"Table-top games sell well", "Table-top games sell well", "", 1},
		{"TABLE-TOP GAMES SELL WELL", "TABLE-TOP GAMES SELL WELL", "", 1},
		{"Kill-switch for phones", "Kill-switch for phones", "", 1},
		{"KILL-SWITCH LAW PASSES SENATE", "KILL-SWITCH LAW PASSES SENATE", "", 1},
		{"KILL-switch law passes Senate", "KILL-switch law passes Senate", "", 1},
		{"WITHDRAWAL: HOW TO LEAVE OPIOIDS", "WITHDRAWAL: HOW TO LEAVE OPIOIDS", "", 1},
		{"Withdrawal: what it means for banks", "Withdrawal: what it means for banks", "", 1},
		{"COCA-COLA LIFTS PAYOUT", "COCA-COLA LIFTS PAYOUT", "", 1},
		{"<기생충> 다시 극장에", "<기생충> 다시 극장에", "", 1},
		{"〈기생충〉 다시 극장에 걸린다", "〈기생충〉 다시 극장에 걸린다", "", 1},
		{"XEROX <XRX> TO SELL UNIT", "XEROX <XRX> TO SELL UNIT", "", 1},
		{"종합부동산세 개편", "종합부동산세 개편", "", 1},
		{"[부산] 오늘의 날씨 맑음", "[부산] 오늘의 날씨 맑음", "", 1},
		{"[7시 날씨] 전국 대체로 맑음", "[7시 날씨] 전국 대체로 맑음", "", 1},

		// rubrics that no table knows
		{"[날씨] 전국 대체로 맑음", "전국 대체로 맑음", "", 1},
		{"전국 대체로 맑음 [출근길 날씨]", "전국 대체로 맑음", "", 1},
		{"［韓流］ 人気歌手が来日公演", "人気歌手が来日公演", "", 1},
		{"[운세] 12월 29일", "[운세] 12월 29일", "", 1}, // a day is no headline
	} {
		h := ReadHeadline(test.title)
		if h.Words != test.words || h.Marker() != test.marker || h.Version() != test.version {
			t.Errorf("%q: got %q, %q, %d, want %q, %q, %d", test.title, h.Words, h.Marker(), h.Version(), test.words, test.marker, test.version)
		}
	}
}

func TestHeadlineAgency(t *testing.T) {
	for title, want := range map[string][2]string{
		"Storm nears (Reuters)":           {"Storm nears", "Reuters"},
		"AP - Storm nears":                {"Storm nears", "AP"},
		"Storm nears - Reuters":           {"Storm nears", ""}, // who prints it, or who was quoted
		"Storm nears - AP News":           {"Storm nears", ""},
		"Storm nears - sources":           {"Storm nears - sources", ""},
		"Explainer: Why storms - Reuters": {"Why storms", ""},
		"(Reuters)":                       {"(Reuters)", ""},
	} {
		if h := ReadHeadline(title); h.Words != want[0] || h.Agency != want[1] {
			t.Errorf("%q: %+v, want %q", title, h, want)
		}
	}
}

func TestHeadlineHas(t *testing.T) {
	if h := ReadHeadline("여객선 침몰 <종합>"); h.Words != "여객선 침몰" || !h.Has(Version) {
		t.Errorf("%+v", h)
	}
	h := ReadHeadline("[단독] 태풍 접근(종합)")
	if !h.Has(Rubric) || !h.Has(Version) || h.Has(Flash) || h.Has(Correction) {
		t.Errorf("%+v", h)
	}
	for _, title := range []string{"WITHDRAWN-Storm nears", "KILL - Storm nears", "(KILL) STORM NEARS"} {
		if h := ReadHeadline(title); !h.Has(Withdrawal) {
			t.Errorf("%+v", h)
		}
	}
}

// Whoever fills a title with markers costs no more than his bytes: the bound is a
// hundred times what it takes, and a third of what it would take if every
// marker were looked for in all that is left.
func TestReadHeadlineBounds(t *testing.T) {
	for _, part := range []string{"(", "(LEAD) ", "[속보]", "[", "UPDATE 1-", "ANALYSIS-", "Analysis: ", " - Reuters", "(종합)", "!", "(LEAD)!!!!", "((((LEAD)"} {
		title := strings.Repeat(part, 1<<19/len(part))
		start := time.Now()
		for _, text := range []string{title, "Storm " + title, title + " storm", "[날씨] " + title} {
			h := ReadHeadline(text)
			if len(h.Markers) > maxMarkers || h.Words == "" {
				t.Errorf("%q repeated: %d markers, %d bytes of words", part, len(h.Markers), len(h.Words))
			}
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q repeated: took %v", part, took)
		}
	}
}

func FuzzReadHeadline(f *testing.F) {
	for _, seed := range []string{
		"(2nd LD) (Asiad) Storm nears", "CORRECTED-UPDATE 1-Storm nears", "[속보] 태풍 접근(종합2보)", "Storm - Reuters - AP",
		"[1보] [날씨] 태풍", "AP - AP - (LEAD) x", "快讯：x", "(LEAD) (URGENT)", "a, 2nd Ld-Writethru", "[\"x] 전국 대체로 맑음", "〔x〕（끝）",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, title string) {
		h := ReadHeadline(title)
		if utf8.ValidString(title) && !utf8.ValidString(h.Words+h.Marker()) {
			t.Errorf("%q: not valid any more: %+v", title, h)
		}
		if strings.IndexFunc(title, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) >= 0 && h.Words == "" {
			t.Errorf("%q: emptied", title)
		}
		if !strings.Contains(title, h.Words) {
			t.Errorf("%q: words of its own: %q", title, h.Words)
		}
		if again := ReadHeadline(h.Words); again.Words != h.Words || len(again.Markers) > 0 || again.Agency != "" {
			t.Errorf("%q: %+v, then %+v", title, h, again)
		}
		if v := h.Version(); v < 0 || v > 100 || len(h.Markers) > maxMarkers {
			t.Errorf("%q: version %d of %+v", title, v, h.Markers)
		}
	})
}

func BenchmarkReadHeadline(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ReadHeadline("(2nd LD) Foreign minister says talks with Washington on tariffs 'in final stage'")
		ReadHeadline("목포 앞바다서 여객선 침몰…승객 전원 구조, 인명 피해 없어(종합2보)")
		ReadHeadline("Ordinary headline about storms - and what they leave behind in the south")
	}
}

func TestMarkerKind(t *testing.T) {
	for title, want := range map[string]MarkerKind{
		"CORRECTED-UPDATE 1-Storm nears": Correction,
		"(URGENT) (2nd LD) Storm nears":  Flash,
		"[기사취소] 항만은행, 기준금리 인상":           Withdrawal,
		"(LEAD) Storm nears":             Version,
		"[Interview] Storm nears":        "",
		"Storm nears":                    "",
	} {
		if got := ReadHeadline(title).Kind(); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

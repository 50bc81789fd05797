package feed

import (
	"strings"
	"testing"
)

// Each row of the table says where it was seen; those that sign are read as a credit,
// which then is no word of the report.
func TestAgencyRows(t *testing.T) {
	for _, row := range agencyRows {
		if row.Example == "" || row.Source == "" || !strings.Contains(row.Example, row.Name) {
			t.Errorf("%s: no example of it, or no source", row.Name)
		}
		if got := AgencyOf(row.Name); got != row.Agency {
			t.Errorf("%s: belongs to %q, want %q", row.Name, got, row.Agency)
		}
		if !row.Signs {
			continue
		}
		if b := ReadBody(row.Example); b.Credit.Agency != row.Agency || strings.Contains(b.Words, row.Name) {
			t.Errorf("%s: %q read as %+v", row.Name, row.Example, b)
		}
	}
}

func TestAgencyOf(t *testing.T) {
	for outlet, want := range map[string]string{
		"연합뉴스": "Yonhap", " YONHAP news agency ": "Yonhap", "연합뉴스TV": "Yonhap", "Reuters": "Reuters", "reuters.com": "Reuters",
		"Korea Herald": "", "조선일보": "", "": "", "뉴스": "", "A": "", strings.Repeat("AP", 100): "",
	} {
		if got := AgencyOf(outlet); got != want {
			t.Errorf("%q: got %q, want %q", outlet, got, want)
		}
	}
}

func TestReadCredit(t *testing.T) {
	const report = "A ferry sank off Mokpo on Sunday. All aboard were rescued. The cause is not known. "
	long := strings.Repeat("The coast guard said so on Sunday. ", 400)
	for _, test := range []struct {
		name string
		Article
		want Credit
	}{
		{"nothing", Article{Title: "Ferry sinks", Summary: report}, Credit{}},
		{"dateline", Article{Summary: "SEOUL, Dec. 28 (Yonhap) -- " + report}, Credit{"Yonhap", "(Yonhap)", "SEOUL"}},
		{"Korean dateline", Article{Summary: "(목포=연합뉴스) 홍길동 기자 = 여객선이 침몰했다."}, Credit{"Yonhap", "(목포=연합뉴스)", "목포"}},
		{"signed", Article{Summary: report + "(Yonhap)"}, Credit{"Yonhap", "(Yonhap)", ""}},
		{"content signed", Article{Summary: "A ferry sank.", Content: "<p>" + long + "</p><p>" + report + "(Yonhap)</p>"}, Credit{"Yonhap", "(Yonhap)", ""}},
		{"content's dateline", Article{Content: "<p><b>LONDON</b> (AFP) - " + long + "</p>"}, Credit{"AFP", "(AFP)", "LONDON"}},
		{"author", Article{Summary: report, Authors: []Person{{Name: "Hong Gil-dong"}, {Name: "By Yonhap"}}}, Credit{Agency: "Yonhap", Text: "By Yonhap"}},
		{"origin", Article{Summary: report, Origin: Origin{Title: "Reuters"}}, Credit{Agency: "Reuters", Text: "Reuters"}},
		{"title", Article{Title: "Ferry sinks (AP)", Summary: report}, Credit{Agency: "AP", Text: "AP"}},
		{"caption alone", Article{Summary: "The ferry off Mokpo on Sunday (Yonhap)"}, Credit{}},
		{"caption before the report", Article{Summary: "The ferry off Mokpo on Sunday. (Yonhap)" + report}, Credit{}},
		{"photo", Article{Summary: "여객선이 침몰했다.(사진=연합뉴스) 승객은 모두 구조됐다."}, Credit{}},
		{"photo at the end", Article{Summary: strings.Repeat(report, 5) + "(Reuters-Yonhap)"}, Credit{}},
		{"photo of another agency", Article{Summary: "[목포=AP/뉴시스] 여객선이 침몰하고 있다."}, Credit{}},
		{"mention", Article{Summary: "AFP 통신에 따르면 여객선이 침몰했다. " + report}, Credit{}},
		{"mention in brackets", Article{Summary: "The Associated Press (AP) said so. " + report}, Credit{}},
	} {
		if got := ReadCredit(&test.Article); got != test.want {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}

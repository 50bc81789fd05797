package feed

import (
	"strings"
	"testing"
	"time"
)

// Each row of the table says where it was seen, and reads the address that it gives.
func TestChainRows(t *testing.T) {
	for _, row := range chainRows {
		if row.Source == "" || !strings.Contains(row.Example, row.Host) {
			t.Errorf("%s: no source, or no page of its agency", row.Prefix)
		}
		c, ok := ReadChain(row.Agency, row.Example, "")
		if !ok || !strings.HasPrefix(c.Key, row.Prefix) || c.Take == 0 {
			t.Errorf("%s: %s read as %+v", row.Prefix, row.Example, c)
		}
	}
}

func TestReadChain(t *testing.T) {
	day := time.Date(2026, 10, 2, 0, 0, 0, 0, korea)
	for _, test := range []struct {
		agency, guid, link string
		want               Chain
	}{
		{"Yonhap", "AEN20261002008800315", "", Chain{"AEN202610020088-315", 0, day}},
		{"Yonhap", "https://en.yna.co.kr/view/AEN20261002008851315", "", Chain{"AEN202610020088-315", 1, day}},
		{"Yonhap", "", "https://en.yna.co.kr/view/AEN20261002008854315?section=nk/news#x", Chain{"AEN202610020088-315", 4, day}},
		{"", "", "https://www.yna.co.kr/view/AKR20261002008852530", Chain{"AKR202610020088-530", 2, day}},
		{"", "AEN20261002008800315", "", Chain{}},        // whose id?
		{"Reuters", "AEN20261002008800315", "", Chain{}}, // not its own
		{"Yonhap", "AEN20230924003998315", "", Chain{}},  // written anew for years
		{"Yonhap", "ACK20241204001600881", "", Chain{}},  // no chains
		{"Yonhap", "AEN20261302008800315", "", Chain{}},  // no such month
		{"Yonhap", "AEN2026100200880031", "", Chain{}},   // too short
		{"Yonhap", "AEN2026100200880031a", "", Chain{}},  //
		{"Yonhap", "https://example.com/?id=AEN20261002008800315", "", Chain{}},
		{"", "", "", Chain{}},
	} {
		got, ok := ReadChain(test.agency, test.guid, test.link)
		if got != test.want || ok != (test.want.Key != "") {
			t.Errorf("%s %s %s: got %+v, want %+v", test.agency, test.guid, test.link, got, test.want)
		}
	}
}

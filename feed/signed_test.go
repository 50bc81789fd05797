package feed

import "testing"

// TestShortPrintIsSigned holds that an agency's name behind a sentence is its
// credit if it tells news, and a photo's if it is a caption.
func TestShortPrintIsSigned(t *testing.T) {
	for _, test := range []struct{ text, agency string }{
		{"A ferry sank off Mokpo after it hit a rock. (Reuters)", "Reuters"},
		{"A ferry sank off Mokpo. All 212 people on board were rescued. (Yonhap)", "Yonhap"},
		{"The port of Mokpo is closed until Friday, the coast guard said. (AFP)", "AFP"},
		{"Mokpo will close its port for a week. (AP)", "AP"},
		{"The storm killed at least five people in Mokpo. (AP)", "AP"},
		{"Shares of the Mokpo Ferry Co. climbed on Friday. ==Kyodo", "Kyodo"},
		{"목포 앞바다에서 여객선이 침몰했다. (연합뉴스)", "Yonhap"},
		{"목포 앞바다에서 여객선이 침몰했다. 승객은 모두 구조됐다고 해경이 밝혔다. /연합뉴스", "Yonhap"},
		{"木浦沖で旅客船が沈没した。（共同）", "Kyodo"},

		{"The ferry off Mokpo on Friday. (Yonhap)", ""},
		{"Rescuers carry a passenger off the ferry in Mokpo on Friday. (Reuters)", ""},
		{"A ferry that sank off Mokpo is lifted on Friday. (Yonhap)", ""},
		{"People look at a pier damaged by the storm that hit Mokpo. (AP)", ""},
		{"Smoke rises from the port of Mokpo after a ferry had burnt for two hours. (AFP)", ""},
		{"This photo provided by the coast guard shows the ferry that sank off Mokpo. (Yonhap)", ""},
		{"The mayor, left, was among those who came ashore. (Yonhap)", ""},
		{"The mayor of Mokpo was among those who came ashore (Yonhap)", ""},
		{"승객들이 목포항에서 여객선에서 내리고 있다. (연합뉴스)", ""},
		{"목포 앞바다에 침몰한 여객선의 모습이다. /연합뉴스", ""},
		{"해경이 공개한 사진에서 여객선이 기울었다. [연합뉴스]", ""},
		{"木浦沖で沈没した旅客船＝20日（共同）", ""},
	} {
		if got := ReadBody(test.text).Credit.Agency; got != test.agency {
			t.Errorf("%q is signed by %q, want %q", test.text, got, test.agency)
		}
	}
}

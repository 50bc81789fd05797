package feed

import "testing"

func TestReadCaption(t *testing.T) {
	for _, test := range []struct{ text, caption, credit string }{
		{"The port on Friday. (Reuters-Yonhap)", "The port on Friday.", "Reuters-Yonhap"},
		{"The port on Friday. (Yonhap)", "The port on Friday.", "Yonhap"},
		{"The port on Friday. (AP Photo/Jane Doe)", "The port on Friday.", "AP Photo/Jane Doe"},
		{"The port on Friday (Photo: Jane Doe)", "The port on Friday", "Jane Doe"},
		{"The port on Friday. Photo: Jane Doe/AP", "The port on Friday.", "Jane Doe/AP"},
		{"The port on Friday. Photograph: Jane Doe", "The port on Friday.", "Jane Doe"},
		{"The port on Friday. © Jane Doe", "The port on Friday.", "Jane Doe"},
		{"구조된 승객들이 내리고 있다. [사진=연합뉴스]", "구조된 승객들이 내리고 있다.", "연합뉴스"},
		{"구조된 승객들이 내리고 있다. [목포해양경찰서 제공]", "구조된 승객들이 내리고 있다.", "목포해양경찰서"},
		{"구조된 승객들이 내리고 있다. 연합뉴스", "구조된 승객들이 내리고 있다.", "연합뉴스"},
		{"구조된 승객들이 내리고 있다. /뉴스1", "구조된 승객들이 내리고 있다.", "뉴스1"},
		{"[목포=뉴시스] 홍길동 기자 = 승객들이 내리고 있다. 2024.02.24. hong@newsis.example *재판매 및 DB 금지", "승객들이 내리고 있다. 2024.02.24.", "뉴시스"},
		{"The port. (Yonhap) The port. (Yonhap)", "The port.", "Yonhap"},
		{"ha ha", "ha", ""},
		{"The port (left) on Friday", "The port (left) on Friday", ""},
		{"The mayor of Mokpo (PHOTO)", "The mayor of Mokpo (PHOTO)", ""},
		{"The port", "The port", ""},
		{"", "", ""},
	} {
		if caption, credit := ReadCaption(test.text); caption != test.caption || credit != test.credit {
			t.Errorf("%q: %q, %q; want %q, %q", test.text, caption, credit, test.caption, test.credit)
		}
	}
}

func TestCutTail(t *testing.T) {
	for text, want := range map[string]string{
		"All were rescued.":                             "All were rescued.",
		"All were rescued. The owner said so. (Yonhap)": "All were rescued. The owner said so.",
		"All were rescued. (END)":                       "All were rescued.",
		"hong@example.com":                              "",
		"(END)":                                         "",
		"모두 구조됐다. 홍길동 기자 hong@example.com":                      "모두 구조됐다.",
		"All were rescued (they had vests on).":                 "All were rescued (they had vests on).",
		"The report was about ferries, and ranked Mokpo as #1.": "The report was about ferries, and ranked Mokpo as #1.",
	} {
		if got := CutTail(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

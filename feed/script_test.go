package feed

import "testing"

func TestScriptTellsLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"여객선 침몰 사고로 승객 전원 구조":                    "ko",
		"K-POP 그룹 다음달 새 앨범을 낸다고 소속사가 밝혀":         "ko",
		"旅客船が沈没、乗客は全員救助された":                      "ja",
		"一艘客轮沉没，乘客全部获救":                          "", // Chinese, or a headline in Japanese
		"Ferry sinks off Mokpo (목포)":             "",
		"Samsung Electronics, 삼성전자 posts profit": "",
		"부고": "",
		"":   "",
	} {
		if got := ScriptsOf(text).Language(); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

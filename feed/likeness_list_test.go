package feed

import "testing"

// A list of who was promoted says nothing of its headline, which is a name. What two
// Sources list alike on one day is one list; other people, the notice that stands
// under every headline, and few words are none.
func TestListsOfTwoSources(t *testing.T) {
	v := &Vocabulary{}
	list := text{"[인사] 교통부",
		"◇ 국장급 전보 ▲ 철도국장 고상민 ▲ 항만국장 유하늘 ▲ 항공안전정책관 마동수 ◇ 과장급 전보 ▲ 도로과장 강은비 ▲ 물류과장 노태호 ▲ 택시과장 차윤서 ▲ 자율주행과장 민서후 ▲ 철도안전과장 임다온 ▲ 항만개발과장 천시우 ▲ 해운정책과장 국예린"}
	printed := text{"[인사]교통부",
		"<전보> △철도국장 고상민 △항만국장 유하늘 △항공안전정책관 마동수 ◇ 과장급 △도로과장 강은비 △물류과장 노태호 △택시과장 차윤서 △자율주행과장 민서후 △철도안전과장 임다온 △항만개발과장 천시우 △해운정책과장 국예린"}
	others := text{"[인사] 교통부",
		"◇ 국장급 전보 ▲ 철도국장 반소라 ▲ 항만국장 도규호 ▲ 항공안전정책관 길민아 ◇ 과장급 전보 ▲ 도로과장 석진우 ▲ 물류과장 봉하나 ▲ 택시과장 편도윤 ▲ 자율주행과장 감이솔 ▲ 철도안전과장 목하람 ▲ 항만개발과장 표지안 ▲ 해운정책과장 옥채린"}
	notice := "본 방송의 내용을 인용할 때는 프로그램의 이름을 정확히 밝혀 주시기 바랍니다. 저작권은 저희 회사에 있으며 무단으로 전재하거나 배포하는 것을 금합니다. 제보는 전화나 누리집으로 받습니다."
	all := []comparison{
		{"one list", list.by(1, 0, v), printed.by(2, 2, v), true},
		{"other people", list.by(1, 0, v), others.by(2, 2, v), false},
		{"two days later", list.by(1, 0, v), printed.by(2, 48, v), false},
		{"other headlines", text{"한대오 장관 사임", notice}.by(1, 0, v), text{"수양 다리 붕괴", notice}.by(2, 1, v), false},
		{"few words", text{list.title, "◇ 전보 ▲ 철도국장 고상민"}.by(1, 0, v), text{list.title, "◇ 전보 ▲ 철도국장 고상민"}.by(2, 1, v), false},
	}
	for _, c := range all {
		if c.a.founded || c.b.founded {
			t.Fatalf("%s: a body says something of its headline", c.name)
		}
	}
	compare(t, v, all...)
}

package feed

// A noticeRow is a fixed notice: from where it begins, a text is no report any
// more.
type noticeRow struct {
	Text    string
	Alone   bool   // true if it may be all there is
	Example string // a text of our own that ends with it
	Source  string
}

// noticeRows are notices and signs of the end that were seen in real feeds. A row
// is added with an example, which a test reads.
var noticeRows = []noticeRow{
	{"(END)", true, "A ferry sank off Mokpo. (END)", yonhapEnglish},
	{"(끝)", true, "여객선이 침몰했다. hong@example.com (끝)", yonhapKorean},
	{"（完）", true, "一艘客轮沉没。（完） hong@example.com", yonhapChinese},
	{"【版权归", true, "一艘客轮沉没。 【版权归韩联社所有，未经授权严禁转载】", yonhapChinese},
	{"<저작권자", true, "여객선이 침몰했다. <저작권자(c) 연합뉴스, 무단 전재-재배포 금지>", yonhapKorean},
	{"저작권자 ⓒ", false, "여객선이 침몰했다. 저작권자 ⓒ 항구일보", koreanPapers},
	{"저작권자ⓒ", false, "여객선이 침몰했다. 저작권자ⓒ 항구일보", koreanPapers},
	{"무단 전재", false, "여객선이 침몰했다. 무단 전재 및 재배포 금지", koreanPapers},
	{"무단전재", false, "여객선이 침몰했다. 무단전재 및 재배포 금지", koreanPapers},
	{"재판매 및 DB", false, "여객선이 침몰했다. 재판매 및 DB 금지", "Newsis and Yonhap photos, 2025"},
	{"◎공감언론 뉴시스", false, "여객선이 침몰했다. ◎공감언론 뉴시스 hong@example.com", newsisNews1},
	{"■ 제보하기", false, "여객선이 침몰했습니다. ■ 제보하기▷ 전화", "KBS, 2025"},
	{"※ '당신의 제보가", false, "여객선이 침몰했습니다. ※ '당신의 제보가 뉴스가 됩니다'", "YTN, 2025"},
	{"당신의 제보가 뉴스", false, "여객선이 침몰했습니다. 당신의 제보가 뉴스로 만들어집니다.", "SBS Biz, 2025"},
	{"※CBS노컷뉴스는", false, "여객선이 침몰했다. ※CBS노컷뉴스는 여러분의 제보로 함께 세상을 바꿉니다.", "Nocut News, 2025"},
	{"연합뉴스TV 기사문의", false, "여객선이 침몰했습니다. 연합뉴스TV 기사문의 및 제보", "Yonhap News TV, 2025"},
	{"Subscribe or log in to read", false, "A ferry sank off Mokpo. Subscribe or log in to read the rest of this content.", reutersReuse},
	{"◇ 자세한 뉴스가", false, "여객선이 침몰했다. ◇ 자세한 뉴스가 곧 이어집니다.", "YTN, 2025"},
	{"(c) 연합뉴스", false, "여객선이 침몰했다. (c) 연합뉴스", yonhapKorean},
}

// reporterTitles are what Korean bylines call their people.
var reporterTitles = []string{"기자", "특파원", "통신원", "위원", "리포터", "아나운서", "에디터", "PD", "앵커"}

// cueWords stand in brackets before who speaks in a broadcast's script.
var cueWords = []string{"앵커", "기자", "리포트", "앵커멘트", "아나운서", "인터뷰"}

// photoWords tell the credit of a photo, where a sign of equality or an
// outlet's name stands beside them.
var photoWords = []string{"사진", "그래픽", "이미지", "캡처", "캡쳐", "갈무리", "제공", "자료", "영상", "출처",
	"Photo", "photo", "File", "file", "Courtesy", "courtesy", "Pool", "Getty", "-Yonhap"}

package feed

// An agencyRow is a name by which an agency signs, or an outlet of its house.
// One agency has as many rows as names; the canonical name is that by which
// its English service signs. Abbreviations that mean something else more often
// than an agency (PA, the Palestinian Authority; AAP, a party) are left out.
type agencyRow struct {
	Name    string
	Agency  string
	Signs   bool   // true if texts are signed so
	Example string // a line of our own, signed by the agency, or the name of an outlet
	Source  string // where the name was seen
}

const (
	outletNames = "names of outlets in feeds and aggregators, 2025 and 2026"
	googleNews  = "Google News, 2026"
)

// agencyRows, family by family: Korean agencies, then those that write in
// Latin letters, then Japanese and Chinese ones, then the rest of Europe.
var agencyRows = []agencyRow{
	{"Yonhap", "Yonhap", true, "SEOUL, Dec. 28 (Yonhap) -- A ferry sank off Mokpo.", yonhapEnglish},
	{"Yonhap News", "Yonhap", false, "Yonhap News", outletNames},
	{"Yonhap News Agency", "Yonhap", false, "Yonhap News Agency", outletNames},
	{"연합뉴스", "Yonhap", true, "(목포=연합뉴스) 홍길동 기자 = 여객선이 침몰했다.", yonhapKorean},
	{"연합뉴스TV", "Yonhap", false, "연합뉴스TV", outletNames},
	{"연합뉴스 TV", "Yonhap", false, "연합뉴스 TV", outletNames},
	{"Yonhap News TV", "Yonhap", false, "Yonhap News TV", outletNames},
	{"聯合ニュース", "Yonhap", true, "【ソウル聯合ニュース】旅客船が沈没した。", "Yonhap Japanese, 2022"},
	{"韩联社", "Yonhap", true, "韩联社首尔5月24日电 一艘客轮沉没。", yonhapChinese},
	{"韓聯社", "Yonhap", true, "韓聯社首爾5月24日電 一艘客輪沉沒。", yonhapChinese + ", in traditional characters"},

	{"Newsis", "Newsis", false, "Newsis", outletNames},
	{"뉴시스", "Newsis", true, "[목포=뉴시스]홍길동 기자 = 여객선이 침몰했다.", newsisNews1},
	{"News1", "News1", false, "News1", outletNames},
	{"뉴스1", "News1", true, "(목포=뉴스1) 홍길동 기자 = 여객선이 침몰했다.", newsisNews1},

	{"Reuters", "Reuters", true, "WASHINGTON (Reuters) - A bank lifted rates.", agCorpus},
	{"Reuters.com", "Reuters", false, "Reuters.com", googleNews},
	{"Thomson Reuters", "Reuters", false, "Thomson Reuters", outletNames},
	{"로이터", "Reuters", false, "로이터", koreanPapers + ", credits of photos"},
	{"ロイター", "Reuters", true, "[東京 ２４日 ロイター] - 銀行が利上げした。", reutersJapan},
	{"路透", "Reuters", true, "（路透巴黎23日電）一家銀行升息。", "Taiwanese newspapers, 2016"},
	{"路透社", "Reuters", false, "路透社", outletNames},

	{"AP", "AP", true, "PITTSBURGH (AP) -- A bank lifted rates.", agCorpus},
	{"AP News", "AP", false, "AP News", googleNews},
	{"Associated Press", "AP", false, "Associated Press", outletNames},
	{"The Associated Press", "AP", false, "The Associated Press", outletNames},
	{"AFP", "AFP", true, "LONDON (AFP) - A bank lifted rates.", agCorpus},
	{"Agence France-Presse", "AFP", false, "Agence France-Presse", outletNames},
	{"UPI", "UPI", true, "WASHINGTON (UPI) -- A bank lifted rates.", agCorpus},
	{"Bloomberg", "Bloomberg", true, "Jan. 5 (Bloomberg) -- A bank lifted rates.", "Bloomberg as reposted, 2012 to 2022"},
	{"ブルームバーグ", "Bloomberg", true, "（ブルームバーグ）： 銀行が利上げした。", "Bloomberg Japan, 2026"},
	{"Bloomberg.com", "Bloomberg", false, "Bloomberg.com", googleNews},
	{"Bloomberg News", "Bloomberg", false, "Bloomberg News", outletNames},
	{"Dow Jones", "Dow Jones", true, "HONG KONG (Dow Jones)--A bank lifted rates.", agCorpus},
	{"Dow Jones Newswires", "Dow Jones", false, "Dow Jones Newswires", outletNames},
	{"Canadian Press", "CP", true, "OTTAWA (Canadian Press) - A bank lifted rates.", agCorpus},
	{"The Canadian Press", "CP", false, "The Canadian Press", outletNames},
	{"CP", "CP", true, "OTTAWA (CP) - A bank lifted rates.", agCorpus},

	{"Kyodo", "Kyodo", true, "TOKYO (Kyodo) -- A bank lifted rates.", "Kyodo English, 2026"},
	{"Kyodo News", "Kyodo", false, "Kyodo News", outletNames},
	{"共同", "Kyodo", true, "【北京=共同】銀行が利上げした。", "Kyodo in the Nikkei, 2022 and 2024"},
	{"共同通信", "Kyodo", false, "共同通信", outletNames},
	{"時事", "Jiji", true, "【ロンドン時事】銀行が利上げした。", "Jiji Japanese, 2022 and 2024"},
	{"Jiji Press", "Jiji", false, "Jiji Press", outletNames},
	{"時事通信", "Jiji", false, "時事通信", outletNames},
	{"Xinhua", "Xinhua", true, "BEIJING, May 9 (Xinhua) -- A bank lifted rates.", xinhuaEnglish},
	{"Xinhua News Agency", "Xinhua", false, "Xinhua News Agency", outletNames},
	{"新华社", "Xinhua", true, "新华社北京9月30日电 一家银行加息。", "Xinhua Chinese, 2012 to 2024"},
	{"新華社", "Xinhua", false, "新華社", outletNames},
	{"中央社", "CNA", true, "（中央社記者王小明台北27日電）一家銀行升息。", "CNA in Taiwanese newspapers, 2010 to 2024"},

	{"dpa", "dpa", true, "Berlin (dpa) - Eine Bank hat die Zinsen angehoben.", "dpa in German newspapers"},
	{"dpa-AFX", "dpa", true, "FRANKFURT (dpa-AFX) - Eine Bank hat die Zinsen angehoben.", "dpa-AFX, 2020 to 2023"},
	{"EFE", "EFE", true, "Valencia (EFE).- Un banco sube los tipos.", "EFE on Infobae, 2024"},
	{"Agencia EFE", "EFE", false, "Agencia EFE", outletNames},
	{"ANSA", "ANSA", true, "(ANSA) - ROMA, 27 GIU - Una banca ha alzato i tassi.", "ANSA in Italian newspapers, 2023"},
	{"askanews", "askanews", true, "Roma, 13 dic. (askanews) – Una banca ha alzato i tassi.", "askanews in Italian newspapers, 2023"},
	{"TASS", "TASS", true, "MOSCOW, January 21. /TASS/. A bank lifted rates.", "TASS English, 2022 to 2025"},
}

package feed

// Where forms were seen.
const (
	yonhapEnglish = "Yonhap English, 2025 and 2026"
	yonhapKorean  = "Yonhap Korean, 2025"
	yonhapChinese = "Yonhap Chinese, 2024"
	koreanPapers  = "Korean newspapers and agencies, 2025"
	newsisNews1   = "Newsis and News1, 2025"
	reuters1987   = "Reuters newswire, 1987 (Reuters-21578)"
	reutersUCI    = "Reuters headlines, 2014 (UCI News Aggregator) and later"
	reutersReuse  = "Reuters as reposted, 2026"
	reutersJapan  = "Reuters Japan, 2015 and 2026"
	reutersBook   = "Reuters Handbook of Journalism, corrections and kills"
	agCorpus      = "AG's corpus of news"
	superdesk     = "AP in ANPA form, in tests of Superdesk"
	xinhuaEnglish = "Xinhua English, reposted in 2025"
)

// versionRows tell which state of a report a headline heads. First the flashes,
// a line or two while the report is being written; then bulletins and the
// states of the report itself; last the words that say that it ends.
//
// Forms known by hearsay only are not here: dpa's WDH and 1. LEAD, EFE's
// (Ampliación), ANSA's (RIEPILOGO), Xinhua's Urgent:, [정정], 更正.
var versionRows = []markerRow{
	{"urgent", Flash, 0, atEnds | beforeColon, false, "(URGENT) Ferry sinks off Mokpo", yonhapEnglish},
	{"속보", Flash, 0, atEnds, false, "[속보] 목포 앞바다서 여객선 침몰", koreanPapers},
	{"긴급", Flash, 0, atEnds, false, "[긴급] 목포 앞바다서 여객선 침몰", koreanPapers},
	{"快讯", Flash, 0, atFront | beforeColon, false, "快讯：木浦近海客轮沉没", yonhapChinese},
	{"速報", Flash, 0, atFront | slug, false, "【速報】木浦沖で旅客船沈没", "Japanese headlines, 2024"},
	{"breakingnews", Flash, 0, atFront | beforeColon, false, "BREAKING NEWS: Ferry sinks off Mokpo: police", "Kyodo English"},
	{"eilmeldung", Flash, 0, atFront | beforeColon, false, "EILMELDUNG: Fähre vor Mokpo gesunken", "German web headlines, 2026"},

	// Yonhap's Chinese service goes 快讯, 简讯, 详讯; its Korean one 속보 or 1보,
	// 2보, then the report, 종합, 종합2보.
	{"#보", Version, 0, atEnds, true, "[1보] 목포 앞바다서 여객선 침몰", yonhapKorean},
	{"简讯", Version, 0, atFront | beforeColon, true, "简讯：木浦近海客轮沉没", yonhapChinese},
	{"详讯", Version, 0, atFront | beforeColon, false, "详讯：木浦近海客轮沉没 全员获救", yonhapChinese},
	{"続報", Version, 0, atFront | beforeColon, false, "【続報】木浦沖の旅客船、全員救助", "Japanese headlines, 2024"},
	{"종합", Version, 1, atEnds, false, "목포 앞바다서 여객선 침몰…전원 구조(종합)", yonhapKorean},
	{"종합#보", Version, 0, atEnds, false, "목포 앞바다서 여객선 침몰…전원 구조(종합2보)", yonhapKorean},
	{"상보", Version, 0, atEnds, false, "목포 앞바다서 여객선 침몰(상보)", "Korean business dailies, 2025"},
	// LEAD is the first rewriting, 2nd LD the second: there is no 1st LD.
	{"lead", Version, 1, atEnds, false, "(LEAD) Ferry sinks off Mokpo; all rescued", yonhapEnglish},
	{"#thld", Version, 0, atEnds, false, "(2nd LD) Ferry sinks off Mokpo; all rescued", yonhapEnglish},
	{"#thld-writethru", Version, 0, atEnds | afterComma | beforeColon, false, "BC-KOR--Ferry Sinks, 2nd Ld-Writethru", superdesk},
	{"update#", Version, 0, atEnds | slug, false, "UPDATE 2-Harbour Bank lifts rates", reutersUCI},
	{"update", Version, 1, beforeColon, false, "UPDATE: Harbour Bank lifts rates", "Dow Jones Newswires"},
	{"wrapup#", Version, 0, slug, false, "WRAPUP 1-Home sales fall as rates bite", reutersUCI},
	{"roundup#", Version, 0, beforeColon, false, "ROUNDUP 2: Hafenbank hebt Zinsen an", "dpa-AFX"},
	{"roundup", Version, 1, beforeColon, false, "ROUNDUP: Hafenbank hebt Zinsen an", "dpa-AFX"},

	{"끝", Complete, 0, atBack, false, "목포 앞바다서 여객선 침몰 (끝)", yonhapKorean},
	{"end", Complete, 0, atBack, false, "Ferry sinks off Mokpo (END)", yonhapEnglish},
}

// correctionRows tell that an earlier state was wrong, void or sent again.
var correctionRows = []markerRow{
	{"corrected", Correction, 0, atEnds | slug, false, "CORRECTED-Harbour Bank lifts rates", reutersUCI},
	{"corrected(official)", Correction, 0, slug, false, "CORRECTED (OFFICIAL)-Harbour Bank lifts rates", "Reuters headlines"},
	{"correction", Correction, 0, atEnds | slug, false, "CORRECTION: Harbour Bank lifts rates", "asked for by users; seen in no document at hand"},
	{"refile", Correction, 0, slug, false, "REFILE-Harbour Bank lifts rates", reutersUCI},
	{"訂正", Correction, 0, atFront | slug, false, "訂正-港湾銀行が利上げ", reutersReuse},

	// A repeat is sent "without any change from the original".
	{"rpt", Repeat, 0, slug, false, "RPT-Harbour Bank lifts rates", reutersUCI},
	{"repeat", Repeat, 0, slug, false, "REPEAT-Harbour Bank lifts rates", reutersBook},
	{"再送", Repeat, 0, atFront | slug, false, "再送-港湾銀行が利上げ", reutersReuse},

	// A kill is for what is "totally wrong": the story must not be shown as news.
	{"withdrawal", Withdrawal, 0, slug, false, "WITHDRAWAL: Harbour Bank lifts rates", "Reuters headlines"},
	{"withdrawn", Withdrawal, 0, atEnds | slug, false, "WITHDRAWN-Harbour Bank lifts rates", reutersBook},
	{"storywithdrawn", Withdrawal, 0, slug, false, "STORY WITHDRAWN-Harbour Bank lifts rates", reutersBook},
	{"전문취소", Withdrawal, 0, atEnds, false, "[전문취소] 항만은행, 기준금리 인상", "Korean agencies' notices to subscribers, asked for by users"},
	{"기사전문취소", Withdrawal, 0, atEnds, false, "<기사 전문취소> 항만은행, 기준금리 인상", "Korean agencies' notices to subscribers, asked for by users"},
	{"기사취소", Withdrawal, 0, atEnds, false, "[기사취소] 항만은행, 기준금리 인상", "Korean agencies' notices to subscribers, asked for by users"},
	{"kill", Withdrawal, 0, atEnds | beforeHyphen, false, "KILL-Harbour Bank lifts rates", "dpa English stylebook, holds and kills"},
}

// rubricRows tell what kind of piece a headline heads, where the sign that
// divides it from the words is no square bracket. They are taken off because an
// agency's reprint seldom keeps them; that two pieces bear different ones is
// for who compares them to see, in Headline.Markers.
var rubricRows = []markerRow{
	{"newsfocus", Rubric, 0, atFront, false, "(News Focus) After the ferry, questions", yonhapEnglish},
	{"editorialfrom*", Rubric, 0, atFront, false, "(EDITORIAL from Harbour Daily on Dec. 28)", yonhapEnglish},
	{"asiad", Rubric, 0, atFront, false, "(Asiad) Rowers win third gold", yonhapEnglish},
	{"copyright", Rubric, 0, atFront, false, "(Copyright) Notice to subscribers", yonhapEnglish},
	{"yonhapinterview", Rubric, 0, atFront, false, "(Yonhap Interview) A captain looks back", yonhapEnglish},
	{"단독", Rubric, 0, atEnds, false, "(단독) 여객선 정비 기록 없었다", koreanPapers},
	{"영상", Rubric, 0, atEnds, false, "여객선 침몰 순간 (영상)", koreanPapers},
	{"포토", Rubric, 0, atEnds, false, "여객선 침몰 현장 (포토)", koreanPapers},
	{"사진", Rubric, 0, atEnds, false, "여객선 침몰 현장 (사진)", koreanPapers},
	{"podcast", Rubric, 0, atBack, false, "What the ferry teaches (Podcast)", reutersReuse},

	{"brief", Rubric, 0, beforeHyphen, false, "BRIEF-Harbour Bank names chairman", reutersUCI},
	{"inbrief", Rubric, 0, beforeColon, false, "IN BRIEF: Harbour Bank names chairman", reutersUCI},
	{"exclusive", Rubric, 0, slug, false, "EXCLUSIVE-Harbour Bank in talks with rival", reutersUCI},
	{"factbox", Rubric, 0, slug, false, "Factbox: Ferries lost since 2014", reutersReuse},
	{"explainer", Rubric, 0, slug, false, "Explainer: Why do ferries sink?", reutersReuse},
	{"analysis", Rubric, 0, slug, false, "ANALYSIS-Ferries and their owners", reutersUCI},
	{"focus", Rubric, 0, slug, false, "FOCUS-Ferries and their owners", reutersUCI},
	{"insight", Rubric, 0, slug, false, "INSIGHT-Ferries and their owners", reutersUCI},
	{"preview", Rubric, 0, slug, false, "PREVIEW-Harbour Bank seen lifting rates", reutersUCI},
	{"poll", Rubric, 0, beforeHyphen, false, "POLL-Harbour Bank seen lifting rates", reutersUCI},
	{"timeline", Rubric, 0, slug, false, "TIMELINE-Ferries lost since 2014", reutersUCI},
	{"graphic", Rubric, 0, beforeHyphen, false, "GRAPHIC-Ferries lost since 2014", reutersUCI},
	{"table", Rubric, 0, beforeHyphen, false, "TABLE-Ferries lost since 2014", reutersUCI},
	{"instantview#", Rubric, 0, slug, false, "INSTANT VIEW 2-Harbour Bank lifts rates", reutersUCI},
	{"livemarkets", Rubric, 0, beforeHyphen, false, "LIVE MARKETS-Shares drift before rates", reutersUCI},
	{"globalmarkets", Rubric, 0, beforeHyphen, false, "GLOBAL MARKETS-Shares drift before rates", reutersUCI},
	{"usstocks", Rubric, 0, beforeHyphen, false, "US STOCKS-Shares drift before rates", reutersUCI},
	{"usstocks-snapshot", Rubric, 0, beforeHyphen, false, "US STOCKS-SNAPSHOT-Shares drift before rates", reutersUCI},
	{"forex", Rubric, 0, beforeHyphen, false, "FOREX-Won drifts before rates", reutersUCI},
	{"treasuries", Rubric, 0, beforeHyphen, false, "TREASURIES-Yields drift before rates", reutersUCI},
	{"metals", Rubric, 0, beforeHyphen, false, "METALS-Copper drifts before rates", reutersUCI},
	{"pressdigest", Rubric, 0, beforeHyphen, false, "PRESS DIGEST-Harbour Times - May 9", reutersUCI},
	{"morningbid", Rubric, 0, slug, false, "MORNING BID-Waiting for rates", reutersUCI},
	{"breakingviews", Rubric, 0, slug, false, "Breakingviews - Rates that nobody wanted", reutersUCI},
	{"economicspotlight", Rubric, 0, beforeHyphen, false, "ECONOMIC SPOTLIGHT - HARBOUR BANK'S RATES", reuters1987},
	{"talkingpoint", Rubric, 0, beforeSlash, false, "TALKING POINT/HARBOUR BANK", reuters1987},
	{"焦点", Rubric, 0, slug, false, "焦点：港湾銀行、利上げの行方", reutersJapan},
	{"アングル", Rubric, 0, slug, false, "アングル：港湾銀行、利上げの行方", reutersJapan},
	{"コラム", Rubric, 0, slug, false, "コラム：港湾銀行、利上げの行方", reutersJapan},
	{"インタビュー", Rubric, 0, slug, false, "インタビュー：港湾銀行の頭取に聞く", reutersJapan},
	{"year-ender", Rubric, 0, beforeColon, false, "YEAR-ENDER: Ports in a stormy year", xinhuaEnglish},
	{"economicwatch", Rubric, 0, beforeColon, false, "Economic Watch: Ports in a stormy year", xinhuaEnglish},
}

package page

import (
	"html"
	"strings"
	"unicode/utf8"
)

// A lineRow is a line by which outlets prompt their readers, or part what follows
// from the article.
type lineRow struct {
	language string
	how      lineHow
	lines    string // one a line, in lower case, without the punctuation at its ends
}

type lineHow byte

const (
	whole   lineHow = iota // the line is that and no more
	begins                 // a short line begins so
	holds                  // a short line has it somewhere
	closing                // whole, and what follows belongs to other articles
)

// lineRows is what furniture says, by language.
var lineRows = []lineRow{
	{"en", whole, `
		link copied
		copy link
		share
		share this
		share this article
		share this story
		share article
		share on facebook
		print
		email
		comments
		comment
		view comments
		join the conversation
		advertisement
		advertisement - scroll to continue
		article continues below advertisement
		story continues below advertisement
		article continues after ad
		story continues
		sponsored
		read more
		show more
		see more
		end
		loading
		follow us
		listen to this article
		listen
		save
		sign in
		log in
		subscribe
		subscribe now
		image source
		image caption
		media caption
		this video can not be played
		to play this video you need to enable javascript in your browser
		newsletter
		get email notifications
		invalid email
		something went wrong, please try again later
		more on this story
		more
		story highlights
		more about
		topics
		categories
		key event
		key events
		gallery
		video
		photos
		close
		article
		key takeaways
		font size
		text size
		a a a`},
	{"en", begins, `
		read more:
		read more on
		read more from
		read more about
		read also:
		also read:
		read next:
		read this next
		read also
		see also:
		related:
		see related:
		more:
		watch:
		listen:
		click here
		sign up for
		sign up to
		sign up now
		subscribe to
		subscribe now
		follow us on
		follow our
		download our
		join our
		get our
		get the latest
		get real-time updates
		get more
		for the latest
		for more stories
		for more news
		for more on
		stay up to date
		stay up-to-date
		want to read
		you can unsubscribe
		by signing up
		we use your sign-up
		by clicking
		please enter a valid
		thank you for subscribing
		thank you for signing up
		copyright ©
		copyright (c)
		copyright 20
		© 20
		©20
		all rights reserved
		have your say
		let us know
		what do you think
		tell us what you think
		do you have a story
		got a story
		contact our news team
		get in touch
		send your story
		do you know more
		don't miss
		recommended reading
		like us on
		find us on
		to view this content
		this article contains affiliate links
		we may earn
		our community members
		check out our
		check our
		to get more
		blog comments powered by
		please enable javascript
		published by
		follow
		follow @
		contact
		add us as a preferred source
		make us your preferred source
		add as preferred source`},
	{"en", holds, `
		sign up for our newsletter
		sign up to our newsletter
		subscribe to our
		on facebook and twitter
		follow us on twitter
		download our free app
		via our whatsapp
		whatsapp community
		unsubscribe at any time
		by clicking here
		privacy policy
		terms of use
		terms and conditions
		this may include adverts
		please try again later
		webnews@
		all rights reserved
		preferred source on google
		click here to
		for more stories like this`},
	{"en", closing, `
		related articles
		related stories
		related news
		related topics
		related
		related content
		related links
		most read
		most popular
		most viewed
		recommended
		recommended for you
		recommended stories
		read next
		up next
		more from
		more stories
		more news
		more like this
		you may also like
		you might also like
		trending
		trending now
		latest news
		top stories
		editors' picks
		editor's picks
		today's top stories
		sponsored content
		from our partners
		around the web
		about the author
		top picks
		don't miss`},
	{"ko", whole, `
		링크 복사
		링크복사
		url 복사
		주소복사
		공유
		공유하기
		기사 공유
		기사 공유하기
		페이스북
		트위터
		카카오톡
		카카오스토리
		글자크기
		글자크기 설정
		글자 크기
		글씨크기
		가
		본문 글씨 크기
		프린트
		인쇄
		스크랩
		북마크
		구독
		구독하기
		좋아요
		댓글
		기사 듣기
		음성으로 듣기
		광고
		끝
		이미지 크게 보기
		크게 보기
		사진 확대
		이미지 확대
		확대
		닫기
		더보기
		요약
		ai 요약
		뉴스 요약
		번역
		이전
		다음`},
	{"ko", begins, `
		ⓒ
		©
		저작권자
		무단 전재
		무단전재
		카카오톡으로 제보
		제보는
		▷ 카카오톡
		▷ 전화
		▷ 이메일
		▶ 제보
		제보하기
		기사제보
		기사 제보
		이 기사를 추천
		네이버에서
		네이버 채널
		네이버 메인
		유튜브 채널
		당신의 제보가
		※ 당신의 제보
		관련기사
		관련 기사
		[관련기사]
		기자의 다른
		기자 구독
		copyright
		본 기사는
		해당 기사는
		이 기사는 언론사
		이 기사의 카테고리
		언론사 홈
		구독중`},
	{"ko", holds, `
		무단전재
		무단 전재
		재배포 금지
		재배포금지
		ai학습
		ai 학습
		저작권자 ©
		저작권자 ⓒ
		저작권자(c)
		카카오톡 검색
		채널 추가
		구독하기
		기사제보 및 보도자료`},
	{"ko", closing, `
		관련기사
		관련 기사
		관련뉴스
		관련 뉴스
		많이 본 뉴스
		많이 본 기사
		주요기사
		주요 뉴스
		주요뉴스
		추천기사
		추천 기사
		추천뉴스
		인기기사
		인기 기사
		인기뉴스
		핫이슈
		오늘의 핫이슈
		실시간 뉴스
		최신 뉴스
		최신기사
		이 시각 주요뉴스
		이시각 주요뉴스
		함께 본 기사
		함께 볼만한 기사
		관련 태그
		관련 이슈
		기자의 다른기사
		댓글 0`},
	{"ja", whole, "シェア\nシェアする\nツイート\n印刷\n拡大\n広告\n続きを読む\n記事を印刷\nこの記事をシェア\nコピー\n保存"},
	{"ja", begins, "【関連記事】\n関連記事\nあわせて読みたい\n続きを読む\n無断転載\nこの記事は有料\n©\nCopyright\n【関連\n【写真"},
	{"ja", holds, "無断転載\n無断複製\n無断で転載"},
	{"ja", closing, "関連記事\n関連ニュース\nおすすめ記事\nアクセスランキング\nランキング\n新着記事\n関連キーワード\nこの記事を読んだ人は\nあわせて読みたい\n人気記事"},
	{"zh", whole, "分享\n分享到\n打印\n字号\n收藏\n纠错\n【纠错】\n评论\n广告\n返回顶部\n内容\n阅读更多\n相关内容"},
	{"zh", begins, "责任编辑\n【责任编辑\n(责任编辑\n（责任编辑\n责编\n编辑：\n(编辑\n（编辑\n原标题\n版权声明\n免责声明\n关注我们\n扫一扫\n延伸阅读\n相关阅读\n【延伸阅读\n更多精彩\n请扫描"},
	{"zh", holds, "版权所有\n未经授权\n扫描二维码\n微信公众号"},
	{"zh", closing, "相关新闻\n相关阅读\n延伸阅读\n相关报道\n推荐阅读\n热门推荐\n热点新闻\n更多新闻\n网友评论\n相关链接\n最新新闻"},
	{"es", whole, "compartir\npublicidad\nimprimir\ncomentarios\nguardar\nescuchar\nseguir leyendo"},
	{"es", begins, "lee también\nlea también\nleer más\nlee más\nte puede interesar\nte puede interesar:\nsuscríbete\nsíguenos\nsigue leyendo\nmás información\nver más\ncompartir en\ntambién te puede\npuedes seguir a"},
	{"es", closing, "noticias relacionadas\nte puede interesar\nlo más leído\nlo más visto\nmás noticias\nartículos relacionados\narchivado en\nmás información\ncomentarios"},
	{"fr", whole, "partager\npublicité\nimprimer\ncommentaires\nécouter\nréagir\nsauvegarder"},
	{"fr", begins, "lire aussi\nà lire aussi\na lire aussi\nlire également\nvoir aussi\nà voir\nabonnez-vous\ninscrivez-vous\nsuivez-nous\npour aller plus loin\nréservé aux abonnés\npartager sur\nla rédaction vous conseille"},
	{"fr", closing, "articles liés\nà lire aussi\nlire aussi\nsur le même sujet\nles plus lus\nà la une\nplus d'articles\nla rédaction vous conseille"},
	{"de", whole, "teilen\nanzeige\ndrucken\nkommentare\nmerken\nvorlesen\nwerbung"},
	{"de", begins, "lesen sie auch\nmehr zum thema\nauch interessant\nlesen sie mehr\nmehr dazu\nabonnieren sie\nfolgen sie uns\nmelden sie sich\nhier klicken"},
	{"de", closing, "mehr zum thema\nauch interessant\nmeistgelesen\ndas könnte sie auch interessieren\nverwandte artikel\nverwandte themen\nweitere artikel"},
	{"it", begins, "leggi anche\nleggi di più\niscriviti\nseguici su\nabbonati\nriproduzione riservata\n© riproduzione riservata"},
	{"pt", begins, "leia também\nleia mais\nsaiba mais\nveja também\ninscreva-se\nsiga-nos\nassine"},
	{"ar", begins, "اقرأ أيضا\nاقرأ أيضًا\nاقرأ المزيد\nترحب شبكة"},
	{"hi", begins, "ये भी पढ़ें\nयह भी पढ़ें\nयह खबर भी पढ़ें"},
	{"da", whole, "annonce\ndel\nreklame"},
	{"da", begins, "læs også\nlæs mere\nabonner"},
	{"sv", begins, "läs också\nläs mer\nprenumerera"},
	{"lv", begins, "lasi arī\nskaties arī\nklausies\nkļūda rakstā\niezīmējiet tekstu un spiediet"},
}

// maxPrompt is how many characters a line may have that only begins like a
// prompt: what is longer is a paragraph.
const maxPrompt = 160

var (
	wholeLines            = map[string]lineHow{}
	beginLines, holdLines []string
)

func init() {
	for _, row := range lineRows {
		for line := range strings.SplitSeq(row.lines, "\n") {
			if line = strings.ToLower(strings.TrimSpace(line)); line == "" {
				continue
			}
			switch row.how {
			case whole, closing:
				wholeLines[line] = row.how
			case begins:
				beginLines = append(beginLines, line)
			case holds:
				holdLines = append(holdLines, line)
			}
		}
	}
}

// fateOf decides about a line by what it says.
func fateOf(line string) fate {
	if len(line) > 4*maxPrompt || utf8.RuneCountInString(line) > maxPrompt {
		return stays
	}
	lower := strings.ToLower(strings.ReplaceAll(line, "’", "'"))
	bare := strings.Trim(lower, " .:：!…|/·-–—*#>()[]▶▷■◆▲▼☞※")
	if bare == "" {
		return goes
	}
	if how, ok := wholeLines[bare]; ok {
		if how == closing {
			return endsHere
		}
		return goes
	}
	for _, start := range beginLines {
		if rest, ok := strings.CutPrefix(lower, start); ok && wordEnds(start, rest) && promptLike(lower, start) {
			return goes
		}
		if rest, ok := strings.CutPrefix(bare, start); ok && wordEnds(start, rest) && promptLike(lower, start) {
			return goes
		}
	}
	for _, part := range holdLines {
		if strings.Contains(lower, part) {
			return goes
		}
	}
	return stays
}

// wordEnds reports whether a word ends between two texts.
func wordEnds(before, after string) bool {
	if after == "" {
		return true
	}
	last, first := before[len(before)-1], after[0]
	return last >= utf8.RuneSelf || first >= utf8.RuneSelf || !(last|0x20 >= 'a' && last|0x20 <= 'z' && first|0x20 >= 'a' && first|0x20 <= 'z')
}

// promptLike tells a prompt from a sentence that begins with the same word:
// single words prompt only where the line is short.
func promptLike(line, start string) bool {
	if strings.ContainsAny(start, " :") || start[0] >= utf8.RuneSelf {
		return true
	}
	return len(line) < 40
}

func escape(text string) string { return html.EscapeString(text) }

// withoutFurnitureLines drops the lines of a block that are furniture.
func withoutFurnitureLines(b *block) (text, markup string) {
	if b.kind != paragraph || !strings.Contains(b.text, "\n") {
		return b.text, b.html
	}
	texts, markups := strings.Split(b.text, "\n"), strings.Split(b.html, "<br>")
	if len(texts) != len(markups) {
		return b.text, b.html
	}
	var keptText, keptHTML []string
	for i := range texts {
		if fateOf(texts[i]) == stays {
			keptText, keptHTML = append(keptText, texts[i]), append(keptHTML, markups[i])
		}
	}
	return strings.Join(keptText, "\n"), strings.Join(keptHTML, "<br>")
}

// offerLines are by which the rest of a text is offered for sale, in lower case.
var offerLines = strings.Split(`subscribe to continue reading
subscribe to read
subscribe or log in to read
to continue reading
to read the full
to read the rest
continue reading with a subscription
this article is for subscribers
this content is for subscribers
this story is for subscribers
for subscribers only
already a subscriber?
already have a subscription?
become a subscriber
register to continue
sign in to continue reading
유료회원 전용
유료 회원 전용
구독자 전용
유료 구독자
로그인하시면 기사 전문
로그인 후 전문
전문을 보시려면
기사 전문을 보려면
프리미엄 회원
この記事は会員限定
この記事は有料
有料会員限定
続きをお読みいただけます
登録すると続き
付费阅读
订阅后继续
成为会员后
réservé aux abonnés
cet article est réservé
pour lire la suite
il vous reste
weiterlesen mit
diesen artikel weiterlesen
contenido exclusivo para suscriptores
para seguir leyendo
suscríbete para`, "\n")

// offerIn returns the words by which a text offers the rest for sale, "" if it
// does not.
func offerIn(text string) string {
	if len(text) > 1200 {
		return ""
	}
	lower := strings.ToLower(text)
	for _, line := range offerLines {
		if strings.Contains(lower, line) {
			return line
		}
	}
	return ""
}

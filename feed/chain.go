package feed

import (
	"strings"
	"time"
)

// A Chain is what an agency's id says of a report's versions.
type Chain struct {
	Key  string    // the same for all versions of one report
	Take int       // their order: 0 for the first, then 1, 2 ...
	Day  time.Time // the start of the day in the id, in the agency's zone
}

// A chainRow is a build of ids that an agency uses.
type chainRow struct {
	Agency  string
	Prefix  string // of the id; 17 digits follow
	Host    string // of the pages that the ids are part of
	Zone    *time.Location
	Example string
	Source  string
}

// korea is the zone of the days in Yonhap's ids.
var korea = time.FixedZone("KST", 9*60*60)

// chainRows have the services whose takes were seen to be versions. Yonhap's
// Chinese ids (ACK) and Japanese ones (AJP) are built alike, but their take is
// always 00: a later version is a new report to them.
var chainRows = []chainRow{
	{"Yonhap", "AEN", "yna.co.kr", korea, "https://en.yna.co.kr/view/AEN20261002008852315?section=nk/news",
		"20 of 21 chains of " + yonhapEnglish},
	{"Yonhap", "AKR", "yna.co.kr", korea, "https://www.yna.co.kr/view/AKR20251001127752530",
		"headlines marked 종합 and 종합2보 of " + yonhapKorean},
}

// ReadChain reads an agency's id in an Article's GUID or, failing that, in its
// link. It reports false for other agencies than those of the table and for ids
// that are no part of a chain; agency may be "" where the link is the agency's
// own page. Yonhap's ids are
//
//	AEN 20261002 0088 52 315
//	    day      story take desk
//
// with take 00 first, then 51, 52 ... Equal keys are one report but for ids made
// ahead and used on another day, so compare Day with the Article's date.
func ReadChain(agency, guid, link string) (Chain, bool) {
	for i := range chainRows {
		row := &chainRows[i]
		for _, text := range [...]string{guid, link} {
			if agency != row.Agency && (agency != "" || !strings.Contains(text, row.Host+"/")) {
				continue
			}
			if c, ok := row.read(text); ok {
				return c, true
			}
		}
	}
	return Chain{}, false
}

// read finds an id of the row's build as the last part of a path.
func (row *chainRow) read(text string) (Chain, bool) {
	if i := strings.IndexAny(text, "?#"); i >= 0 {
		text = text[:i]
	}
	id := text[strings.LastIndexByte(text, '/')+1:]
	digits, ok := strings.CutPrefix(id, row.Prefix)
	if !ok || len(digits) != 17 || strings.Trim(digits, "0123456789") != "" {
		return Chain{}, false
	}
	day, err := time.ParseInLocation("20060102", digits[:8], row.Zone)
	if err != nil {
		return Chain{}, false
	}
	take := int(digits[12]-'0')*10 + int(digits[13]-'0')
	switch {
	case take > 50 && take < 90:
		take -= 50
	case take != 0: // a page that is written anew for years
		return Chain{}, false
	}
	return Chain{Key: row.Prefix + digits[:12] + "-" + digits[14:], Take: take, Day: day}, true
}

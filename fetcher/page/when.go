package page

import (
	"strings"
	"time"

	"newswired/feed"
	"newswired/fetcher/date"
)

// published returns when a page says that it was published and changed. A time
// without a zone is the Source's. Its data come first, then its <meta>, then what
// is marked up as a time, then what a reader reads, then its URL.
func (s *scan) published(l *linked, src feed.Source) (published, updated time.Time) {
	read := func(texts ...string) time.Time {
		for _, text := range texts {
			if t, ok := likely(text, src.Zone); ok {
				return t
			}
		}
		return time.Time{}
	}
	published = read(append([]string{l.published}, s.values(publishedNames)...)...)
	updated = read(append([]string{l.modified}, s.values(updatedNames)...)...)
	if published.IsZero() {
		published = read(s.marked("datePublished")...)
	}
	if updated.IsZero() {
		updated = read(s.marked("dateModified")...)
	}
	shown, changed := s.shown(src.Zone)
	if published.IsZero() {
		published = shown
	}
	if updated.IsZero() {
		updated = changed
	}
	if published.IsZero() {
		// After what is shown, for they may mean when the page was made.
		published = read(s.values(vagueNames)...)
	}
	if published.IsZero() {
		published = read(inScripts(s.scripts, "datePublished", "publishedAt", "published_at", "publishDate", "publishedDate", "pubDate", "firstPublished", "displayDate", "deployDt", "regDt", "regDate")...)
	}
	if published.IsZero() {
		published = inURL(s.base, src.Zone)
	}
	return published, updated
}

// likely reads a time. Before the Web had newspapers, it is a template's that was
// not filled in: 1970, or the year 1.
func likely(text string, zone *time.Location) (time.Time, bool) {
	t, ok := date.Parse(text, zone, time.Time{})
	return t, ok && t.Year() > 1990
}

// publishedNames are the <meta> that say when a page was published, the surest
// first; vagueNames may mean that or another time.
var (
	publishedNames = []string{"article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate",
		"publish-date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
		"article:published", "published_time", "og:regdate", "bt:pubdate", "cxenseparse:recs:publishtime"}
	updatedNames = []string{"article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time", "lastmod",
		"dcterms.modified", "dc.date.modified", "last-modified", "modified_time", "article:modified"}
	vagueNames = []string{"date", "dc.date", "dcterms.date", "createdate", "article.created", "og:pubdate", "pub_date"}
)

// values returns what <meta> of these names say.
func (s *scan) values(names []string) (all []string) {
	for _, name := range names {
		all = append(all, s.meta[name]...)
	}
	return all
}

// marked returns the times that have a name in microdata.
func (s *scan) marked(name string) (all []string) {
	for _, n := range s.times {
		if !strings.Contains(attr(n, "itemprop"), name) {
			continue
		}
		for _, value := range []string{attr(n, "datetime"), attr(n, "content"), feed.OneLine(textOf(n))} {
			if value != "" {
				all = append(all, value)
				break
			}
		}
	}
	return all
}

// A dateLine is text that begins with one of these words and goes on with a time:
//
//	Published : Feb. 24, 2024 - 10:34
//	송고 2024-02-24 10:34
//	입력 2024.02.24. 오전 10:34
var dateWords = []struct {
	word    string
	changed bool // it is that of the last change
}{
	{"published", false}, {"posted", false}, {"first published", false}, {"publication date", false}, {"date", false},
	{"last updated", true}, {"updated", true}, {"last modified", true}, {"modified", true},
	{"기사입력", false}, {"입력", false}, {"송고", false}, {"송고시간", false}, {"등록", false}, {"게재", false}, {"작성", false}, {"승인", false}, {"발행", false},
	{"최종수정", true}, {"기사수정", true}, {"수정", true}, {"업데이트", true},
	{"公開日", false}, {"配信", false}, {"掲載", false}, {"投稿", false}, {"更新", true}, {"发布时间", false}, {"发布", false}, {"發布", false}, {"时间", false},
	{"publicado", false}, {"actualizado", true}, {"publié le", false}, {"publié", false}, {"mis à jour", true}, {"veröffentlicht", false}, {"aktualisiert", true},
	{"pubblicato", false}, {"aggiornato", true}, {"publicerad", false}, {"uppdaterad", true},
}

// shown reads the times that stand in the page for its readers.
func (s *scan) shown(zone *time.Location) (published, updated time.Time) {
	for _, line := range s.dateLines {
		rest := line
		// A line may have several: 입력 2024.02.24. 10:34 수정 2024.02.24. 11:02
		for range 3 {
			word, changed, after := leadingDateWord(rest)
			if word == "" {
				break
			}
			rest = after
			text, next := untilDateWord(rest)
			t, ok := likely(text, zone)
			if !ok {
				break
			}
			if changed && updated.IsZero() {
				updated = t
			} else if !changed && published.IsZero() {
				published = t
			}
			rest = next
		}
	}
	if !published.IsZero() {
		return published, updated
	}
	for _, n := range s.times {
		for _, value := range []string{attr(n, "datetime"), attr(n, "content")} {
			if t, ok := likely(value, zone); ok {
				return t, updated
			}
		}
	}
	for _, line := range s.bareDates {
		if t, ok := date.Parse(line, zone, time.Time{}); ok {
			return t, updated
		}
	}
	return published, updated
}

// leadingDateWord returns the word for a date that a line begins with, and what
// follows it.
func leadingDateWord(line string) (word string, changed bool, rest string) {
	line = strings.TrimLeft(line, " |/·[(")
	for _, row := range dateWords {
		if after, ok := cutPrefixFold(line, row.word); ok && len(row.word) > len(word) {
			word, changed, rest = row.word, row.changed, strings.TrimLeft(after, " :：-|·")
		}
	}
	return word, changed, rest
}

// untilDateWord parts a text where the next word for a date begins.
func untilDateWord(text string) (before, rest string) {
	lower := strings.ToLower(text)
	end := len(text)
	for _, row := range dateWords {
		if i := strings.Index(lower, row.word); i > 0 && i < end && len(lower) == len(text) {
			end = i
		}
	}
	return strings.Trim(text[:end], " |/·,"), text[end:]
}

// inURL reads the day that many outlets put into their URLs: /2024/02/24/,
// /20240224/, /202402/24/.
func inURL(url string, zone *time.Location) time.Time {
	var digits []byte
	for i := 0; i < len(url); i++ {
		if url[i] != '/' {
			continue
		}
		digits = digits[:0]
		for j := i + 1; j < len(url) && (url[j] >= '0' && url[j] <= '9' || url[j] == '/' || url[j] == '-') && len(digits) < 8; j++ {
			if url[j] != '/' && url[j] != '-' {
				digits = append(digits, url[j])
			}
		}
		if len(digits) == 8 && digits[0] == '2' && digits[1] == '0' {
			if t, ok := date.Parse(string(digits), zone, time.Time{}); ok {
				return t
			}
		}
	}
	return time.Time{}
}

// inScripts returns what the data from which a browser builds the page has under
// these names: the first value of each.
func inScripts(scripts []string, names ...string) (values []string) {
	for _, name := range names {
		for _, script := range scripts {
			_, rest, found := strings.Cut(script, name+`"`)
			if !found {
				_, rest, found = strings.Cut(script, name+`\"`)
			}
			rest, colon := strings.CutPrefix(rest, ":")
			if !found || !colon {
				continue
			}
			rest = strings.TrimLeft(rest, ` \"`)
			if end := strings.IndexAny(rest, `"\,}`); end > 0 && end < 40 {
				values = append(values, rest[:end])
				break
			}
		}
	}
	return values
}

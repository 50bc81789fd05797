package page

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"newswired/feed"
)

// outlet returns who publishes a page by its own word, and all the names that it
// may go by.
func (s *scan) outlet(l *linked, src feed.Source) (name string, all []string) {
	name = s.first("og:site_name")
	if name == "" || strings.Contains(name, "/") || strings.Contains(name, ".") && l.publisher != "" {
		name = cmp.Or(l.publisher, name)
	}
	name = cmp.Or(name, s.first("application-name", "publisher", "dc.publisher", "copyright"))
	name = strings.TrimLeft(name, "©ⓒ ")
	all = []string{name, l.publisher, src.Outlet, s.first("og:site_name"), s.first("application-name")}
	if u, err := url.Parse(s.base); err == nil {
		host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
		all = append(all, host)
		if label, _, ok := strings.Cut(host, "."); ok && len(label) > 3 {
			all = append(all, label)
		}
	}
	if name == "" {
		name = s.outletInTitle(src)
		all = append(all, name)
	}
	return name, all
}

// outletInTitle returns the outlet that a title ends in: the Source's, or a short
// name behind a separator.
func (s *scan) outletInTitle(src feed.Source) string {
	if src.Outlet != "" && strings.Contains(strings.ToLower(s.title), strings.ToLower(src.Outlet)) {
		return src.Outlet
	}
	const longest = 40 // bytes of a name
	for _, sep := range []string{" | ", " - ", " – ", " — "} {
		i := strings.LastIndex(s.title, sep)
		if i < 0 {
			continue
		}
		if name := s.title[i+len(sep):]; len(name) <= longest && len(name) < i && len(strings.Fields(name)) <= 5 {
			return name
		}
	}
	return ""
}

// canonical returns the URL of a page by its own word. That of its outlet's home
// page, as careless templates have it, is none.
func (s *scan) canonical(l *linked) string {
	for _, ref := range []string{s.links["canonical"], s.first("og:url"), l.url} {
		link := feed.Absolute(s.base, ref)
		if u, err := url.Parse(link); link != "" && err == nil && (len(u.Path) > 1 || u.RawQuery != "") {
			return link
		}
	}
	return ""
}

// language returns the language of a text: that which the page or else the
// Source names, unless its letters or its words are another's.
func (s *scan) language(l *linked, text string, src feed.Source) string {
	named := ""
	for _, tag := range []string{s.lang, s.first("og:locale", "content-language", "language", "dc.language"), l.language, src.Language} {
		if t, err := language.Parse(strings.ReplaceAll(tag, "_", "-")); err == nil && tag != "" {
			named = t.String()
			break
		}
	}
	seen := languageOf(text)
	if base, _, _ := strings.Cut(named, "-"); seen == "" || base == seen {
		return named
	}
	return seen
}

// languageOf returns the language that a text can only be in, "" if that is not
// certain.
func languageOf(text string) string {
	s := feed.ScriptsOf(text[:min(len(text), 8192)])
	// Fewer may be a name or a quotation; beyond some thousand none tells more.
	if s.Letters < 40 {
		return ""
	}
	if told := s.Language(); told != "" {
		return told
	}
	switch {
	case s.Han*2 > s.Letters:
		return "zh"
	case s.Latin*20 > s.Letters*19 && isEnglish(text):
		return "en"
	}
	return ""
}

// isEnglish reports whether every twelfth word is one of the commonest of English.
func isEnglish(text string) bool {
	common, words := 0, 0
	for word := range strings.FieldsSeq(text) {
		words++
		switch word {
		case "the", "of", "and", "to", "that", "with", "was", "is":
			common++
		}
	}
	// In English news these are about every sixth word, in other languages of Latin
	// letters hardly any.
	return words >= 20 && common*12 > words
}

// section returns the section of the outlet that a page is in.
func (s *scan) section(l *linked) string {
	return cmp.Or(s.first("article:section", "og:article:section", "section", "content_category", "category", "dcterms.subject", "cxenseparse:category"), l.section)
}

// keywords returns the words that a page is filed under, each once.
func (s *scan) keywords(l *linked) (all []string) {
	const most = 50
	take := func(text string) {
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' || r == '，' || r == '、' }) {
			word = plain(word)
			if word != "" && len(word) < 100 && len(all) < most && !slices.Contains(all, word) {
				all = append(all, word)
			}
		}
	}
	for _, name := range []string{"news_keywords", "article:tag", "keywords"} {
		for _, value := range s.meta[name] {
			take(value)
		}
		if len(all) > 0 {
			return all
		}
	}
	for _, word := range l.keywords {
		take(word)
	}
	return all
}

package feed

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// A Search is a question to the index: articles that have all its words, and
// none of those that it excludes.
type Search struct {
	Match   string    // an expression of SQLite's FTS5 over what Indexed made
	Words   []string  // what to mark in the texts that are found, folded; of phrases each word
	Sources []string  // names; nil: any
	Since   time.Time // published at that time or later; zero: any
	Until   time.Time // published before; zero: any
}

// ReadSearch reads a question as people type it. Words are looked for in their
// English inflections, Korean, Chinese and Japanese ones within longer ones, too.
//
//	북한 "cruise missile"      both, the latter in this order
//	ferr* -weather             a word that begins so, and not that other
//	source:yonhap since:2026-03-01 until:2026-03-31
//
// Days are those of a time zone, the last one included.
func ReadSearch(text string, zone *time.Location) (Search, error) {
	var s Search
	var all, none []string
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		var term string
		var quoted, excluded bool
		if excluded = rest[0] == '-' && len(rest) > 1; excluded {
			rest = rest[1:]
		}
		if term, rest, quoted = cutTerm(rest); !quoted {
			taken, err := s.limit(term, zone)
			if taken && excluded {
				err = fmt.Errorf("-%s: only words can be excluded", term)
			}
			if err != nil {
				return Search{}, err
			}
			if taken {
				continue
			}
		}
		tokens := Tokens(nil, Fold(term))
		if len(tokens) == 0 {
			continue // "&"
		}
		phrase := matchOf(tokens, !quoted && strings.HasSuffix(term, "*"))
		if excluded {
			none = append(none, phrase)
			continue
		}
		all = append(all, phrase)
		for len(tokens) > 0 {
			word, n := cutWord(tokens)
			s.Words, tokens = append(s.Words, word), tokens[n:]
		}
	}
	if len(all) == 0 {
		return Search{}, errors.New("there is no word to look for")
	}
	if !s.Since.IsZero() && !s.Until.IsZero() && !s.Since.Before(s.Until) {
		return Search{}, errors.New("no day is between since: and until:; since: is the earlier one")
	}
	s.Match = strings.Join(all, " AND ")
	if len(none) > 0 {
		s.Match = "(" + s.Match + ") NOT (" + strings.Join(none, " OR ") + ")"
	}
	return s, nil
}

// quotes are around phrases, any of them on either side: „so“, «so», »so«.
const quotes = "\"＂“”„«»"

// cutTerm cuts the first word or phrase off. A quotation mark without its second
// half reaches to the end.
func cutTerm(text string) (term, rest string, quoted bool) {
	if r, n := utf8.DecodeRuneInString(text); strings.ContainsRune(quotes, r) {
		term, rest = text[n:], ""
		if i := strings.IndexAny(term, quotes); i >= 0 {
			_, m := utf8.DecodeRuneInString(term[i:])
			term, rest = term[:i], term[i+m:]
		}
		return term, rest, true
	}
	i := strings.IndexAny(text, " \t\n\u3000"+quotes)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i:], false
}

// limit takes a term that is no word but says where or when.
func (s *Search) limit(term string, zone *time.Location) (taken bool, err error) {
	name, value, ok := strings.Cut(term, ":")
	if !ok {
		return false, nil
	}
	switch name {
	case "source":
		if value == "" {
			return true, errors.New("source: names no source; write source:yonhap")
		}
		s.Sources = append(s.Sources, value)
		return true, nil
	case "since", "until":
		begin, end, err := ReadDay(value, zone)
		if err != nil {
			return true, fmt.Errorf("%s: a day is expected, such as %s:2026-03-01", term, name)
		}
		if name == "since" {
			s.Since = begin
		} else {
			s.Until = end
		}
		return true, nil
	}
	return false, nil
}

// ReadDay reads a day as people type it, 2026-03-01, and returns when it begins in
// a time zone and when the next one does.
func ReadDay(text string, zone *time.Location) (begin, end time.Time, err error) {
	begin, err = time.ParseInLocation(time.DateOnly, text, zone)
	return begin, begin.AddDate(0, 0, 1), err
}

// matchOf returns the FTS5 expression for Tokens in their order. Of a single
// character of a script in which pairs stand in the index, it is the pairs that
// begin with it.
func matchOf(tokens []Token, prefix bool) string {
	units := searchUnits(tokens)
	last := tokens[len(tokens)-1]
	if last.Script != Spaced && utf8.RuneCountInString(units[len(units)-1]) == 1 {
		prefix = true
	}
	match := `"` + strings.Join(units, " ")
	switch {
	case !prefix:
		return match + `"`
	case last.Script == Spaced:
		return beginning(match)
	}
	return match + `" *`
}

// beginning returns the FTS5 expression for words that begin so. FTS5 takes the
// beginning for a word and looks for its stem, by which some are missed: of a y
// it makes an i, as in play and not in players, and negotiations are kept as
// negoti, which negotiate is, but negotiat is not.
func beginning(match string) string {
	all := []string{match + `" *`}
	switch c := match[len(match)-1]; {
	case c == 'y':
		for next := 'a'; next <= 'z'; next++ {
			all = append(all, match+string(next)+`" *`)
		}
	case 'a' <= c && c <= 'z':
		all = append(all, match+`e"`)
	default:
		return all[0]
	}
	return "(" + strings.Join(all, " OR ") + ")"
}

// Text returns what an Article says beside its headline, plain and on one line.
func (a *Article) Text() string {
	text := Plain(a.Content)
	if !strings.Contains(text, a.Summary) {
		text = strings.TrimSpace(a.Summary + " " + text)
	}
	return text
}

// A Found is a Story that answers a Search.
type Found struct {
	Story
	Shown int // of the Copies, which fits best
}

// fadesBy is the age at which an Article's fit has lost a quarter of its worth;
// in the end it loses half.
const fadesBy = 30 * 24 * time.Hour

// Fit returns how well an Article that has the words of a Search answers it, from
// just above 0.5 to 2, the more the better: by how many of the words stand in its
// headline, which says what it is about, and by its age, for of two reports that fit
// the same people want the newer. One with all of them there goes before any with
// none, however old.
func (s *Search) Fit(title string, age time.Duration) float64 {
	n, folded := 0, Fold(title)
	tokens := Tokens(nil, folded)
	for _, w := range s.Words {
		if stands(unaccented(w), folded, tokens) {
			n++
		}
	}
	share := float64(n) / float64(len(s.Words))
	return (1 + share) * (0.5 + 0.5*math.Exp2(-float64(max(age, 0))/float64(fadesBy)))
}

// stands reports whether a word stands in a folded text that has these Tokens:
// where words have spaces around them in one of its inflections, else within others.
func stands(word, folded string, tokens []Token) bool {
	if first, _ := utf8.DecodeRuneInString(word); scriptOf(first) != Spaced {
		return strings.Contains(folded, word)
	}
	return slices.ContainsFunc(tokens, func(t Token) bool { return t.Script == Spaced && inflected(word, unaccented(t.Text)) })
}

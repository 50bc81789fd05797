package feed

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Fingerprint is what an Article says in the form in which two are compared:
// hashes of its words, its figures and its days. It holds no text, and depends
// on the Article alone.
//
// Tokens are words and pairs of characters. Shingles are runs of three words or
// six characters, long enough that two reports share them only where one was
// copied from the other (Broder 1997).
type Fingerprint struct {
	Headline Headline // its markers decide about versions
	Credit   string   // the agency that the text names as its origin; "" if none

	title    []uint32  // tokens of the headline, sorted, each once
	bag      []uint32  // tokens of headline and body
	shingles []shingle // of the body, by their hashes
	length   int       // shingles of the body, repeated ones too
	total    float32   // weight of all of them
	opening  []uint32  // the first of them
	weight   int       // of the body
	pairs    []uint32  // runs of two words or four characters of the headline
	exact    uint32    // hash of the headline's units in order; 0 if it has none
	masked   uint32    // the same with figures and days masked
	size     int       // weight of the headline
	figures  []uint32  // values in headline and body
	leading  []uint32  // values in the headline
	days     days      // named in headline and body
	titled   days      // named in the headline
	dated    days      // of the dateline
	names    []uint32  // words of the headline that begin with a capital, in sentence case
	negated  bool
	founded  bool // the body has a word of the headline
	grounded bool // the body has all figures of the headline
}

// openingShingles are the first words after the dateline: a wire's copy keeps
// them longest.
const openingShingles = 8

// maxUnits is how much of a body counts. Copies share their beginning; what a
// paper cuts, it cuts from the end.
const maxUnits = 600

// NewFingerprint reads an Article.
func NewFingerprint(a *Article, v *Vocabulary) *Fingerprint {
	f := &Fingerprint{Headline: ReadHeadline(a.Title)}
	text := bodyText(a)
	body := ReadBody(text)
	f.Credit = body.Credit.Agency
	if f.Credit == "" {
		f.Credit = ReadCredit(a).Agency
	}
	t, b := unitsOf(f.Headline.Words, maxUnits), unitsOf(body.Words, maxUnits)
	f.size = weigh(t)
	f.title = set(tokens(nil, t))
	f.bag = set(tokens(slices.Clone(f.title), b))
	if cutOff(body.Words) && len(b) > 1 {
		b = b[:len(b)-1] // half a word is another word
	}
	f.shingles = v.weighted(b)
	f.length = len(f.shingles)
	for _, s := range f.shingles[:min(openingShingles, len(f.shingles))] {
		f.opening = append(f.opening, s.hash)
	}
	slices.Sort(f.opening)
	slices.SortFunc(f.shingles, func(a, b shingle) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.at, b.at)) })
	f.shingles = slices.CompactFunc(f.shingles, func(a, b shingle) bool { return a.hash == b.hash })
	for _, s := range f.shingles {
		f.total += s.weight
	}
	f.weight = weigh(b)
	f.founded = founded(t, set(tokens(nil, b)))
	f.pairs = set(shingles(t, 4))
	f.exact, f.masked = sequence(t)
	f.leading = set(figures(nil, t))
	f.figures = set(figures(nil, b))
	f.grounded = common(f.leading, f.figures) == len(f.leading)
	f.figures = set(append(f.figures, f.leading...))
	f.titled = daysOf(t)
	f.days = f.titled | daysOf(b)
	f.dated = daysOf(datelineOf(text, body.Words))
	f.names = set(names(t))
	f.negated = negates(t)
	return f
}

// bodyText returns the text to compare: the Content where it says more than the
// Summary.
func bodyText(a *Article) string {
	if len(a.Content) > len(a.Summary) {
		if content := Plain(a.Content); len(content) > len(a.Summary) {
			return content
		}
	}
	return a.Summary
}

// founded reports whether a body has a word of its headline: one that has none
// says nothing about it, and is the same under every headline.
func founded(headline []unit, body []uint32) bool {
	for i, u := range headline {
		var token uint32
		switch {
		case u.kind == word && len(u.text) > 3, u.kind == number:
			token = u.hash
		case u.kind == character && i+1 < len(headline) && headline[i+1].kind == character:
			token = mix(u.hash, headline[i+1].hash)
		default:
			continue
		}
		if _, ok := slices.BinarySearch(body, token); ok {
			return true
		}
	}
	return false
}

// datelineOf returns the units of what ReadBody took off the start of a text.
func datelineOf(text, words string) []unit {
	const longest = 120 // bytes
	start, _, _ := strings.Cut(words, " ")
	i := strings.Index(text, start)
	if start == "" || i <= 0 || i > longest {
		return nil
	}
	return unitsOf(text[:i], maxUnits)
}

// names returns the words of a headline that begin with a capital, none if most
// do. The first may be a name or not; if it is none, the other Article will have
// the word somewhere.
func names(us []unit) []uint32 {
	var list []uint32
	words := 0
	for _, u := range us {
		if u.kind != word {
			continue
		}
		words++
		if r, _ := utf8.DecodeRuneInString(u.text); unicode.IsUpper(r) {
			list = append(list, u.hash)
		}
	}
	if 3*len(list) > 2*words {
		return nil
	}
	return list
}

// cutOff reports whether a text ends in the middle, as Sources write it.
func cutOff(text string) bool {
	return strings.HasSuffix(text, "...") || strings.HasSuffix(text, "…")
}

// weigh returns the size of a text: a word or a number counts two, a character
// one, which makes English and Korean texts of one length weigh about the same.
func weigh(us []unit) int {
	n := 0
	for _, u := range us {
		if n++; u.kind != character {
			n++
		}
	}
	return n
}

// tokens adds the words and pairs of characters of a text to a list.
func tokens(list []uint32, us []unit) []uint32 {
	for i, u := range us {
		switch {
		case u.kind != character:
			list = append(list, u.hash)
		case i+1 < len(us) && us[i+1].kind == character:
			list = append(list, mix(u.hash, us[i+1].hash))
		}
	}
	return list
}

// shingles returns the runs of a text's units that weigh at least size: a word
// or a number weighs two, a character one.
func shingles(us []unit, size int) []uint32 {
	list := make([]uint32, 0, len(us))
	for i := range us {
		h, weight := uint32(fnvOffset), 0
		for j := i; j < len(us); j++ {
			h = mix(h, us[j].hash)
			if weight += 2; us[j].kind == character {
				weight--
			}
			if weight >= size {
				list = append(list, h)
				break
			}
		}
	}
	return list
}

// A shingle is a run of words of a body: its hash, how rare its words were when
// it was read, and where it stands first.
type shingle struct {
	hash   uint32
	weight float32
	at     uint16 // its place in the body
}

// weighted returns the shingles of a body in their order.
func (v *Vocabulary) weighted(us []unit) []shingle {
	list := make([]shingle, 0, len(us))
	for i := range us {
		h, weight := uint32(fnvOffset), 0
		for j := i; j < len(us); j++ {
			h = mix(h, us[j].hash)
			if weight += 2; us[j].kind == character {
				weight--
			}
			if weight >= 6 {
				list = append(list, shingle{h, v.rarity(h), uint16(i)})
				break
			}
		}
	}
	return list
}

// sequence returns the hash of a headline's units in their order, and that with
// all figures and days alike.
func sequence(us []unit) (exact, masked uint32) {
	if len(us) == 0 {
		return 0, 0
	}
	exact, masked = fnvOffset, fnvOffset
	for _, u := range us {
		if u.value != 0 {
			exact = mix(exact, u.value) // "four" is 4
		} else {
			exact = mix(exact, u.hash)
		}
		switch _, day := weekdayNames[u.hash]; {
		case u.value != 0:
			masked = mix(masked, '#')
		case u.kind == word && (day || monthNames[u.hash]):
			masked = mix(masked, '@')
		default:
			masked = mix(masked, u.hash)
		}
	}
	return exact, masked
}

// figures adds the values of a text's numbers to a list.
func figures(list []uint32, us []unit) []uint32 {
	for _, u := range us {
		if u.value != 0 {
			list = append(list, u.value)
		}
	}
	return list
}

// negates reports whether a headline says that something is not so.
func negates(us []unit) bool {
	for i, u := range us {
		if u.kind == word && (negations[u.hash] || strings.HasSuffix(u.text, "n't")) {
			return true
		}
		if u.kind == character && i+1 < len(us) && negativePairs[string([]rune{u.char, us[i+1].char})] {
			return true
		}
	}
	return false
}

var negations = func() map[uint32]bool {
	m := make(map[uint32]bool)
	for _, w := range strings.Fields("not no never without deny denies denied denying rejects rejected refuses refused fails failed unlikely cannot") {
		m[hashText(w)] = true
	}
	return m
}()

var negativePairs = map[string]bool{
	"않다": true, "않는": true, "않아": true, "않을": true, "안해": true, "못해": true, "부인": true, "아니": true, "거부": true, "무산": true, "否認": true, "否认": true,
}

func set(list []uint32) []uint32 {
	slices.Sort(list)
	return slices.Compact(list)
}

// How many hashes of each kind a Fingerprint is found by.
const (
	bodyKeys  = 16
	titleKeys = 4
)

// Keys returns the hashes under which a Fingerprint is found: those that are
// alike share some. They are the smallest of its shingles, so that the share of
// keys in common tells the share of shingles in common (Broder's bottom-k
// sketch), the smallest runs of its headline, and the headline as a whole.
func (f *Fingerprint) Keys() []int32 {
	keys := make([]int32, 0, bodyKeys+titleKeys+1)
	for _, s := range f.shingles[:min(bodyKeys, len(f.shingles))] {
		keys = append(keys, int32(s.hash))
	}
	for _, h := range f.pairs[:min(titleKeys, len(f.pairs))] {
		keys = append(keys, int32(h))
	}
	if f.exact != 0 {
		keys = append(keys, int32(f.exact))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

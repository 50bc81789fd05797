package feed

import (
	"slices"
	"sync"
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
	tells    bloom     // of them, those that few Articles have
	shingles []shingle // of the body, by their hashes
	length   int       // shingles of the body, repeated ones too
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
	negated  bool      // the headline says that something is not so
	listed   bool      // the body says that a list follows

	founded  bool // the body has a word of the headline
	grounded bool // the body has all figures of the headline
}

// maxUnits is how much of a body counts. Copies share their beginning; what a
// paper cuts, it cuts from the end.
const maxUnits = 600

// A reading is what it takes to read an Article, to be used again for the next.
type reading struct {
	title, body []unit
	list        []uint32
	runs        []uint64
}

// readings has those that are in nobody's hands.
var readings = sync.Pool{New: func() any { return new(reading) }}

// end gives a reading back, without the texts that its units are of.
func (r *reading) end() {
	clear(r.title[:cap(r.title)])
	clear(r.body[:cap(r.body)])
	readings.Put(r)
}

// set returns the members of a list in order, each once, in a list of its own.
func (r *reading) set(list []uint32) []uint32 {
	r.list = list
	return slices.Clone(set(list))
}

// NewFingerprint reads an Article.
func NewFingerprint(a *Article, v *Vocabulary) *Fingerprint {
	r := readings.Get().(*reading)
	defer r.end()
	f := &Fingerprint{Headline: ReadHeadline(a.Title)}
	text := bodyText(a)
	body := ReadBody(text)
	f.Credit = body.Credit.Agency
	if f.Credit == "" {
		f.Credit = creditBeside(a, text, f.Headline).Agency
	}
	r.title, r.body = readUnits(r.title, f.Headline.Words, maxUnits), readUnits(r.body, body.Words, maxUnits)
	if len(body.Words) < 2*len(a.Title) && repeats(r.title, ReadHeadline(body.Words).Words) {
		r.body = r.body[:0]
	}
	f.words(r, v, cutOff(body.Words))
	f.numbers(r)
	f.dated = daysOf(datelineOf(text, body.Words))
	f.names = r.set(names(r.list[:0], r.title))
	f.negated = negates(r.title)
	f.listed = lists(r.body)
	return f
}

// words takes over the words of headline and body.
func (f *Fingerprint) words(r *reading, v *Vocabulary, cut bool) {
	t := r.title
	f.size = weigh(t)
	f.title = r.set(tokens(r.list[:0], t))
	r.list = set(tokens(r.list[:0], r.body))
	f.founded = founded(t, r.list)
	f.bag = r.set(append(r.list, f.title...))
	f.tells = v.telling(f.bag)
	if cut && len(r.body) > 1 {
		r.body = r.body[:len(r.body)-1] // half a word is another word
	}
	f.shingles, f.length = v.shinglesOf(r.body, &r.runs)
	f.weight = weigh(r.body)
	f.pairs = r.set(shingles(r.list[:0], t, pairWeight))
	f.exact, f.masked = sequence(t)
}

// numbers takes over the figures and days.
func (f *Fingerprint) numbers(r *reading) {
	f.leading = r.set(figures(r.list[:0], r.title))
	r.list = set(figures(r.list[:0], r.body))
	f.grounded = common(f.leading, r.list) == len(f.leading)
	f.figures = r.set(append(r.list, f.leading...))
	f.titled = daysOf(r.title)
	f.days = f.titled | daysOf(r.body)
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

// set returns the members of a list in order, each once, in the list's own place.
func set(list []uint32) []uint32 {
	slices.Sort(list)
	return slices.Compact(list)
}

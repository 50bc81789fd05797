package feed

import "slices"

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
		f.Credit = creditBeside(a, text, f.Headline).Agency
	}
	t, b := unitsOf(f.Headline.Words, maxUnits), unitsOf(body.Words, maxUnits)
	f.size = weigh(t)
	f.title = set(tokens(make([]uint32, 0, len(t)), t))
	said := set(tokens(make([]uint32, 0, len(b)+len(t)), b))
	f.founded = founded(t, said)
	f.bag = set(append(said, f.title...))
	f.tells = v.telling(f.bag)
	if cutOff(body.Words) && len(b) > 1 {
		b = b[:len(b)-1] // half a word is another word
	}
	f.shingles, f.length, f.opening = v.weighted(b)
	for _, s := range f.shingles {
		f.total += s.weight
	}
	f.weight = weigh(b)
	f.pairs = set(shingles(t, pairWeight))
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

func set(list []uint32) []uint32 {
	slices.Sort(list)
	return slices.Compact(list)
}

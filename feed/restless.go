package feed

import "time"

// Some Sources change an Article at every poll: they count its comments in the
// summary, try two headlines in turn, or answer from two servers of which one
// lags behind. Each change is a state like any other, but nobody wants to be
// told of it for the hundredth time, nor to keep it for years.

const (
	toldStates = 10  // of an Article are news, each as it comes
	keptStates = 100 // are kept, each as it comes
	sameTold   = 2   // times that the same words are news
)

// A History is what is known of an Article's states when one more comes.
type History struct {
	Number int64     // of the newest state: how many there have been, itself included
	First  time.Time // when the first came
	Newest time.Time // when the newest came
	Told   time.Time // when there was last news
	Same   int64     // how many of those that are kept have the words of the one that comes
}

// Tells reports whether the state that comes now may be news: the first ten
// are, later ones when the last news is older than a quarter of the time before
// it. Words that were there twice are none.
func (h *History) Tells(now time.Time) bool {
	return h.Same < sameTold && (h.Number < toldStates || apart(h.First, h.Told, now))
}

// Keeps reports whether the newest state is kept though another comes now: the
// first hundred are, later ones if they stood for a quarter of the time before
// them. So in ten years not fifty more are kept.
func (h *History) Keeps(now time.Time) bool {
	return h.Number <= keptStates || apart(h.First, h.Newest, now)
}

// apart reports whether a quarter of the time up to a moment has passed since.
// A clock that was set back since holds nothing up.
func apart(first, last, now time.Time) bool {
	return now.Before(last) || now.Sub(last) >= last.Sub(first)/4
}

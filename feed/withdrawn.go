package feed

import (
	"cmp"
	"time"
)

// Living returns a Story without the Copies that an outlet or agency has
// withdrawn, and without its notices that it did; nil if nothing is left, with
// the last of those notices, or of the Copies that their Source deleted. A Story
// nobody withdrew comes back as it is.
//
// Who withdraws a report by a marker such as KILL voids all that it published
// of the Story until then, and what others printed of it. A Copy of other
// origin stays, and so does what is published later: a substitute. Who deletes a
// Copy voids that alone.
func Living(s *Story) (living *Story, notice *Copy) {
	type word struct {
		origin string
		at     time.Time
	}
	var words []word
	isNotice := make(map[int64]bool)
	for i := range s.Copies {
		c := &s.Copies[i]
		if !c.Deleted.IsZero() {
			notice = c
		}
		if !ReadHeadline(c.Title).Has(Withdrawal) {
			continue
		}
		at := c.Published
		if c.Revisions > 1 {
			at = c.Changed // it was the report before it was the notice
		}
		words, isNotice[c.ID], notice = append(words, word{c.origin(), at}), true, c
	}
	if notice == nil {
		return s, nil
	}
	living = &Story{ID: s.ID}
	for i := range s.Copies {
		c := &s.Copies[i]
		void := isNotice[c.ID] || !c.Deleted.IsZero()
		for _, w := range words {
			void = void || w.origin == c.origin() && !c.Published.After(w.at)
		}
		if !void {
			living.Copies = append(living.Copies, *c)
		}
	}
	if len(living.Copies) == 0 {
		return nil, notice
	}
	return living, notice
}

// origin is from whom a Copy comes in the end, see Story.Origins.
func (c *Copy) origin() string { return cmp.Or(c.Agency, c.Credit, c.Outlet) }

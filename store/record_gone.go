package store

// mostUnseen is how many Articles that a Document without its end does not show
// are believed to stand there still: a Source that is cut off at every poll would
// have ever more of them, which nothing removes.
const mostUnseen = 300

// recordGone notes which Articles the Source no longer lists: retention counts
// from here. What a hub delivers says nothing of others; of any other partial
// Document it is the oldest of those that it does not show, if they are too many.
func (r *recorder) recordGone(partial bool) error {
	if r.poll.Pushed {
		return nil
	}
	gone := make(map[int64]bool)
	for _, a := range r.standing {
		if !r.listed[a.id] {
			gone[a.id] = true
		}
	}
	ids := sortedKeys(gone)
	if partial {
		ids = ids[:max(0, len(ids)-mostUnseen)]
	}
	for _, id := range ids {
		if _, err := r.exec("update_article_gone", id, r.now); err != nil {
			return err
		}
	}
	return nil
}

package store

import "newswired/feed"

// mint returns the id that a new Story has by an Entry's in a newswired, nil if it
// is to have one of ours: of an Article that came by none, if the id is none, is
// ours or in use, or begins as another's do.
func (t *tx) mint(entry string, via int64) (any, error) {
	prefix := feed.Minter(entry, "story")
	if prefix == "" {
		return nil, nil
	}
	own, err := t.tagPrefix()
	if err != nil || prefix == own {
		return nil, err
	}
	var free bool
	if err := t.row("select_mintable", entry, prefix, via).Scan(&free); err != nil || !free {
		return nil, err
	}
	if _, err := t.exec("insert_minter", prefix, via); err != nil {
		return nil, err
	}
	return entry, nil
}

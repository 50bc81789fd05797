package store

import (
	"bytes"
	"cmp"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"newswired/feed"
)

// An itemRow is what is remembered of one item of a Source's last Document: its
// hash, and the key of the Article that it is. That Article stands there, says
// what the item says, and no other item of the Document is it or has its link.
type itemRow struct {
	hash feed.ItemHash
	key  int64
}

// itemSize is how many bytes of document.items one takes.
const itemSize = 16

// unpackItems reads document.items.
func unpackItems(packed []byte) []itemRow {
	items := make([]itemRow, 0, len(packed)/itemSize)
	for ; len(packed) >= itemSize; packed = packed[itemSize:] {
		items = append(items, itemRow{
			hash: feed.ItemHash(binary.BigEndian.Uint64(packed)),
			key:  int64(binary.BigEndian.Uint64(packed[itemSize/2:])),
		})
	}
	return items
}

// packItems writes document.items, in the order of the hashes.
func packItems(items []itemRow) []byte {
	slices.SortFunc(items, func(a, b itemRow) int { return cmp.Compare(a.hash, b.hash) })
	packed := make([]byte, 0, len(items)*itemSize)
	for _, it := range slices.Compact(items) {
		packed = binary.BigEndian.AppendUint64(packed, uint64(it.hash))
		packed = binary.BigEndian.AppendUint64(packed, uint64(it.key))
	}
	return packed
}

// hashes returns the hashes of document.items, in rising order.
func hashes(packed []byte) []feed.ItemHash {
	all := make([]feed.ItemHash, 0, len(packed)/itemSize)
	for _, it := range unpackItems(packed) {
		all = append(all, it.hash)
	}
	return all
}

// listUnchanged takes the items that a Document leaves out for what they are:
// Articles that stand there still, and say what they said. Each must be known
// as that, and none of its names, or its link, may be one of the Articles that
// the Document has beside them: who shares a name is told apart by more than a
// key. If not, the whole Document has to be read.
func (r *recorder) listUnchanged(unchanged []feed.ItemHash, names, links map[int64]bool) error {
	err := r.row("select_items", r.source.id).Scan(&r.packed)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("select_items: %w", err)
	}
	var known []itemRow
	if r.source.digest != nil { // else the Document is to be read anew
		known = unpackItems(r.packed)
	}
	for _, hash := range unchanged {
		i, found := slices.BinarySearchFunc(known, hash, func(it itemRow, h feed.ItemHash) int { return cmp.Compare(it.hash, h) })
		if !found {
			return feed.ErrLeftOut
		}
		a, stands := r.standing[known[i].key]
		if !stands || names[a.key] || a.link != 0 && links[a.link] {
			return feed.ErrLeftOut
		}
		r.document[a.key], r.listed[a.id] = true, true
		r.items = append(r.items, known[i])
		r.done.Unchanged++
	}
	return nil
}

// rememberItems writes which items need not be read again: those left out, and
// those that were read and became an Article that no other item is or has the
// link of.
func (r *recorder) rememberItems(d *feed.Document, ids []feed.Identity) error {
	if d.Partial || len(d.Items) != len(ids) {
		d = &feed.Document{}
		r.items = nil
	}
	first := make(map[int64]feed.ItemHash, len(d.Items))
	alone := make(map[int64]bool, len(d.Items))
	for i, hash := range d.Items {
		key := ids[i].Key
		if other, again := first[key]; again {
			alone[key] = alone[key] && other == hash
			continue
		}
		first[key] = hash
		alone[key] = hash != 0 && !r.buried[key] && (ids[i].Link == 0 || r.links[ids[i].Link] == 1)
	}
	for key, hash := range first {
		if alone[key] {
			r.items = append(r.items, itemRow{hash, key})
		}
	}
	packed := packItems(r.items)
	if bytes.Equal(packed, r.packed) {
		return nil
	}
	_, err := r.exec("upsert_items", r.source.id, packed)
	return err
}

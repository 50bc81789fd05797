package fetcher

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"slices"
	"strings"

	"newswired/feed"
)

// readingVersion goes into the hashes of items. Raise it when Articles are read
// otherwise than before, so that each is read again.
const readingVersion = "2"

// leaveOut hashes the items of a Document that was split with certainty, and
// takes those for unchanged that its Source's last one had: they need not be
// read again. The hash of what is around them is given, made by hashAround or
// otherwise.
func (r *reader) leaveOut(text []byte, o *outline, around hash.Hash) {
	around.Write([]byte(readingVersion + r.base))
	seed := around.Sum(nil)
	var sum [sha256.Size]byte
	for i := range o.items {
		it := &o.items[i]
		around.Reset()
		around.Write(seed)
		around.Write(text[it.start:it.end])
		it.hash = feed.ItemHash(binary.BigEndian.Uint64(around.Sum(sum[:0])))
		if _, it.known = slices.BinarySearch(r.known, it.hash); it.known {
			r.doc.Unchanged = append(r.doc.Unchanged, it.hash)
		}
	}
}

// changedXML returns a Document and its outline less the items that are known.
// The Document is copied only if there are some.
func (r *reader) changedXML(text []byte, o outline) ([]byte, outline) {
	h := sha256.New()
	last := 0
	for _, it := range o.items {
		hashAround(h, text[last:it.start])
		last = it.end
	}
	hashAround(h, text[last:])
	r.leaveOut(text, &o, h)
	if len(r.doc.Unchanged) == 0 {
		return text, o
	}
	var part []byte
	var changed []item
	last = 0
	for _, it := range o.items {
		if it.known {
			part = append(part, text[last:it.start]...)
			last = it.end
		} else {
			changed = append(changed, it)
		}
	}
	o.items = changed
	return append(part, text[last:]...), o
}

// changedJSON is changedXML for a JSON Feed.
func (r *reader) changedJSON(text []byte, o outline) ([]byte, outline) {
	if len(o.items) == 0 {
		return text, o
	}
	before, after := text[:o.items[0].start], text[o.items[len(o.items)-1].end:]
	h := sha256.New()
	h.Write(before)
	h.Write(after)
	r.leaveOut(text, &o, h)
	if len(r.doc.Unchanged) == 0 {
		return text, o
	}
	part := slices.Clone(before)
	var changed []item
	for _, it := range o.items {
		if it.known {
			continue
		}
		if len(changed) > 0 {
			part = append(part, ',')
		}
		part = append(part, text[it.start:it.end]...)
		changed = append(changed, it)
	}
	o.items = changed
	return append(part, after...), o
}

// hashAround hashes a part of a Document that is not within an item, less what
// changes with every poll and says nothing of the items: comments, white space,
// dates, and the list of the items with which RDF begins (RSS 1.0 section 5.3.5).
func hashAround(h hash.Hash, b []byte) {
	for date := false; ; {
		words, rest, more := bytes.Cut(b, []byte("<"))
		if !date {
			h.Write(bytes.TrimSpace(words))
		}
		if !more {
			return
		}
		b = b[len(b)-len(rest)-1:]
		n := tagLength(b)
		if b[1] == '!' || b[1] == '?' {
			n = sectionLength(b)
		}
		_, local := splitName(tagNameOf(bytes.TrimPrefix(b[1:], []byte("/"))))
		if !bytes.HasPrefix(b, []byte("<!--")) && !(date && bytes.HasPrefix(b, []byte("<![CDATA["))) && string(local) != "li" {
			h.Write(b[:n])
		}
		date = b[1] != '/' && isDate(local)
		b = b[n:]
	}
}

// isDate reports whether an element says when something was written.
func isDate(local []byte) bool {
	switch name := strings.ToLower(string(local)); name {
	case "pubdate", "updated", "modified", "date", "published", "issued", "created":
		return true
	default:
		return strings.HasPrefix(name, "lastbuil") && strings.HasSuffix(name, "date") // wires misspell it
	}
}

// filtered reports whether text has characters that gofeed drops before it
// looks for tags.
func filtered(text []byte) bool {
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' {
			return true
		}
	}
	return false
}

// forget makes sure that no item is remembered.
func forget(items []item) {
	for i := range items {
		items[i].hash = 0
	}
}

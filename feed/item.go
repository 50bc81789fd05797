package feed

import "errors"

// An ItemHash is 64 bits of SHA-256 over the bytes of one item of a Document,
// decoded, and over what around it decides how it is read. Two items of one
// Source with the same hash say the same; 0 is none.
type ItemHash uint64

// ErrLeftOut is returned for a Document that leaves out items which have to be
// seen: they are not those that are stored, or others of the Document have a
// name or a link in common with them. Record one that leaves out nothing.
var ErrLeftOut = errors.New("the document leaves out items that have to be seen")

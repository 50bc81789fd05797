package export

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/klauspost/compress/zstd"

	"newswired/feed"
)

// A parquetColumn is a column of the row group.
type parquetColumn struct {
	feed.Column
	values []byte // of the page, without those that are NULL
	there  []byte // of the page, run by run: which are not NULL
	run    int    // length of the last run, which is not in there yet
	filled bool   // whether its values are not NULL
	count  int    // values of the page, NULL or not
	pages  []byte // of the row group that are complete
	chunk  parquetChunk
	packed []byte // room for one that is being compressed
}

// isNumber reports whether the values are 64 bits.
func (c *parquetColumn) isNumber() bool {
	return c.Kind == feed.IntegerColumn || c.Kind == feed.TimeColumn
}

// add adds a value to the page, and returns how long it is.
func (c *parquetColumn) add(value any) (bytes int, err error) {
	before := len(c.values)
	switch {
	case value == nil:
		c.chunk.nulls++
	case c.isNumber():
		n, err := c.number(value)
		if err != nil {
			return 0, err
		}
		if c.chunk.nulls == c.chunk.values { // the first
			c.chunk.least, c.chunk.greatest = n, n
		}
		c.chunk.least, c.chunk.greatest = min(c.chunk.least, n), max(c.chunk.greatest, n)
		c.values = binary.LittleEndian.AppendUint64(c.values, uint64(n))
	default:
		s := text(value)
		c.values = append(binary.LittleEndian.AppendUint32(c.values, uint32(len(s))), s...)
	}
	if filled := value != nil; filled != c.filled {
		c.endRun()
		c.filled = filled
	}
	c.run++
	c.count++
	c.chunk.values++
	return len(c.values) - before, nil
}

// number returns a value of 64 bits.
func (c *parquetColumn) number(value any) (int64, error) {
	if c.Kind == feed.TimeColumn {
		t, err := time.Parse(time.RFC3339, text(value))
		if err != nil {
			return 0, fmt.Errorf("column %s is to be of times: %w", c.Name, err)
		}
		return t.UnixMilli(), nil
	}
	n, is := value.(int64)
	if !is {
		return 0, fmt.Errorf("column %s is to be of integers, and has %q", c.Name, text(value))
	}
	return n, nil
}

// endRun writes down how many values in a row are NULL, or are not: as a run of the
// hybrid of run lengths and bits, one bit wide.
func (c *parquetColumn) endRun() {
	if c.run > 0 {
		c.there = binary.AppendUvarint(c.there, uint64(c.run)<<1)
		level := byte(0)
		if c.filled {
			level = 1
		}
		c.there = append(c.there, level)
		c.run = 0
	}
}

// endPage compresses the page, and adds it to those that are complete.
func (c *parquetColumn) endPage(packer *zstd.Encoder) {
	if c.count == 0 {
		return
	}
	c.endRun()
	plain := binary.LittleEndian.AppendUint32(make([]byte, 0, 4+len(c.there)+len(c.values)), uint32(len(c.there)))
	plain = append(append(plain, c.there...), c.values...)
	c.packed = packer.EncodeAll(plain, c.packed[:0])
	header := pageHeader(c.count, len(plain), len(c.packed))
	c.pages = append(append(c.pages, header...), c.packed...)
	c.chunk.plain += int64(len(header) + len(plain))
	c.values, c.there, c.count = c.values[:0], c.there[:0], 0
}

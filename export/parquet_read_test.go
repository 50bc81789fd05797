package export

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

// This reads Parquet by the words of the format, so that what is written is not
// held against itself: fields are found by their numbers, pages by their offsets.

// A parquetFile is what was read.
type parquetFile struct {
	names         []string
	rows          [][]any
	groups, pages int
}

// A compact reads Thrift's compact protocol: a struct is a map by the numbers of
// its fields.
type compact struct{ b []byte }

func (c *compact) uvarint() uint64 {
	v, n := binary.Uvarint(c.b)
	c.b = c.b[n:]
	return v
}

func (c *compact) byte() byte {
	b := c.b[0]
	c.b = c.b[1:]
	return b
}

func (c *compact) value(kind byte) any {
	switch kind {
	case 1, 2:
		return kind == 1
	case 3:
		return int64(int8(c.byte()))
	case 4, 5, 6:
		v := c.uvarint()
		return int64(v>>1) ^ -int64(v&1)
	case 8:
		n := c.uvarint()
		s := string(c.b[:n])
		c.b = c.b[n:]
		return s
	case 9:
		head := c.byte()
		n := uint64(head >> 4)
		if n == 15 {
			n = c.uvarint()
		}
		list := make([]any, n)
		for i := range list {
			list[i] = c.value(head & 15)
		}
		return list
	case 12:
		fields, last := map[int]any{}, 0
		for {
			head := c.byte()
			if head == 0 {
				return fields
			}
			if head>>4 == 0 {
				panic("a field far away")
			}
			last += int(head >> 4)
			fields[last] = c.value(head & 15)
		}
	}
	panic("a type that is not used")
}

func (c *compact) fields() map[int]any { return c.value(12).(map[int]any) }

func readParquet(t *testing.T, b []byte) parquetFile {
	t.Helper()
	n := len(b)
	if n < 12 || string(b[:4]) != "PAR1" || string(b[n-4:]) != "PAR1" {
		t.Fatalf("no Parquet: %d bytes", n)
	}
	length := int(binary.LittleEndian.Uint32(b[n-8:]))
	end := &compact{b[n-8-length : n-8]}
	meta := end.fields()
	if len(end.b) > 0 {
		t.Errorf("%d bytes after the footer", len(end.b))
	}
	var f parquetFile
	schema := meta[2].([]any)
	if children := schema[0].(map[int]any)[5]; children != int64(len(schema)-1) {
		t.Errorf("%d children", children)
	}
	for _, element := range schema[1:] {
		f.names = append(f.names, element.(map[int]any)[4].(string))
	}
	for _, g := range meta[4].([]any) {
		group := g.(map[int]any)
		f.groups++
		begin := len(f.rows)
		for range group[3].(int64) {
			f.rows = append(f.rows, make([]any, len(f.names)))
		}
		for i, c := range group[1].([]any) {
			f.readChunk(t, b, c.(map[int]any)[3].(map[int]any), schema[i+1].(map[int]any), f.rows[begin:], i)
		}
	}
	if meta[3] != int64(len(f.rows)) {
		t.Errorf("%d rows by the footer, %d in the groups", meta[3], len(f.rows))
	}
	return f
}

// readChunk reads the pages of a column of a row group.
func (f *parquetFile) readChunk(t *testing.T, b []byte, meta, element map[int]any, rows [][]any, column int) {
	unpack, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer unpack.Close()
	at, _ := meta[9].(int64)
	packed, _ := meta[7].(int64)
	pages := &compact{b[at : at+packed]}
	logical, _ := element[10].(map[int]any)
	_, isTime := logical[8]
	var values, nulls, plainBytes int64
	for len(pages.b) > 0 {
		f.pages++
		before := len(pages.b)
		header := pages.fields()
		plainBytes += int64(before - len(pages.b))
		size := header[3].(int64)
		plain, err := unpack.DecodeAll(pages.b[:size], nil)
		if err != nil || int64(len(plain)) != header[2] {
			t.Fatalf("a page of %d bytes, not %v: %v", len(plain), header[2], err)
		}
		pages.b = pages.b[size:]
		plainBytes += int64(len(plain))
		levels := &compact{plain[4 : 4+binary.LittleEndian.Uint32(plain)]}
		plain = plain[4+len(levels.b):]
		data := header[5].(map[int]any)
		before, count := int(values), data[1].(int64)
		for len(levels.b) > 0 {
			run, filled := levels.uvarint()>>1, levels.byte() == 1
			for range run {
				if filled {
					rows[values][column], plain = parquetValue(plain, element[1].(int64), isTime)
				} else {
					nulls++
				}
				values++
			}
		}
		if values-int64(before) != count || len(plain) > 0 {
			t.Fatalf("a page has %d values, not %d, and %d bytes more", values-int64(before), count, len(plain))
		}
	}
	statistics := meta[12].(map[int]any)
	if int(values) != len(rows) || meta[5] != values || statistics[3] != nulls || meta[6] != plainBytes {
		t.Errorf("column %d: %d values, %d NULL, %d bytes; by the footer %v, %v, %v", column, values, nulls, plainBytes, meta[5], statistics[3], meta[6])
	}
}

func parquetValue(b []byte, kind int64, isTime bool) (value any, rest []byte) {
	if kind == 6 {
		n := binary.LittleEndian.Uint32(b)
		return string(b[4 : 4+n]), b[4+n:]
	}
	v := int64(binary.LittleEndian.Uint64(b))
	if isTime {
		return time.UnixMilli(v).UTC().Format(time.RFC3339), b[8:]
	}
	return v, b[8:]
}

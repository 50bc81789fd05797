package export

import (
	"encoding/binary"

	"newswired/feed"
)

// Numbers of the format (parquet.thrift of apache/parquet-format).
const (
	typeInt64, typeByteArray        = 2, 6
	encodingPlain, encodingRLE      = 0, 3
	codecZstd                       = 6
	optional                        = 1
	convertedUTF8, convertedMillis  = 0, 9
	logicalString, logicalTimestamp = 1, 8
)

// pageHeader returns what stands before a page: a PageHeader of a data page.
func pageHeader(values, plain, packed int) []byte {
	t := &thrift{}
	t.begin(0)
	t.i32(1, 0) // a data page, version 1
	t.i32(2, plain)
	t.i32(3, packed)
	t.begin(5)
	t.i32(1, values)
	t.i32(2, encodingPlain)
	t.i32(3, encodingRLE)
	t.i32(4, encodingRLE)
	t.end()
	t.end()
	return t.bytes
}

// footer returns the FileMetaData.
func (p *Parquet) footer() []byte {
	t, rows := &thrift{}, 0
	for _, g := range p.groups {
		rows += g.rows
	}
	t.begin(0)
	t.i32(1, 1) // version
	t.list(2, thriftStruct, len(p.columns)+1)
	t.begin(0)
	t.text(4, "row")
	t.i32(5, len(p.columns))
	t.end()
	for _, c := range p.columns {
		c.schema(t)
	}
	t.i64(3, int64(rows))
	t.list(4, thriftStruct, len(p.groups))
	for _, g := range p.groups {
		p.group(t, g)
	}
	t.text(6, "newswired")
	t.list(7, thriftStruct, len(p.columns)) // the order that least and greatest are of: that of their type
	for range p.columns {
		t.begin(0)
		t.begin(1)
		t.end()
		t.end()
	}
	t.end()
	return t.bytes
}

// schema writes the SchemaElement of a column.
func (c *parquetColumn) schema(t *thrift) {
	t.begin(0)
	t.i32(1, c.physical())
	t.i32(3, optional)
	t.text(4, c.Name)
	switch {
	case !c.isNumber():
		t.i32(6, convertedUTF8)
		t.begin(10)
		t.begin(logicalString)
		t.end()
		t.end()
	case c.Kind == feed.TimeColumn:
		t.i32(6, convertedMillis)
		t.begin(10)
		t.begin(logicalTimestamp)
		t.yes(1) // in UTC
		t.begin(2)
		t.begin(1) // milliseconds
		t.end()
		t.end()
		t.end()
		t.end()
	}
	t.end()
}

func (c *parquetColumn) physical() int {
	if c.isNumber() {
		return typeInt64
	}
	return typeByteArray
}

// group writes a RowGroup.
func (p *Parquet) group(t *thrift, g parquetGroup) {
	var plain int64
	t.begin(0)
	t.list(1, thriftStruct, len(g.chunks))
	for i, chunk := range g.chunks {
		plain += chunk.plain
		t.begin(0)
		t.i64(2, chunk.offset)
		t.begin(3)
		p.columns[i].meta(t, chunk)
		t.end()
		t.end()
	}
	t.i64(2, plain)
	t.i64(3, int64(g.rows))
	t.end()
}

// meta writes the fields of a ColumnMetaData.
func (c *parquetColumn) meta(t *thrift, chunk parquetChunk) {
	t.i32(1, c.physical())
	t.list(2, thriftI32, 2)
	t.element(encodingPlain)
	t.element(encodingRLE)
	t.list(3, thriftBinary, 1)
	t.string(c.Name)
	t.i32(4, codecZstd)
	t.i64(5, int64(chunk.values))
	t.i64(6, chunk.plain)
	t.i64(7, chunk.packed)
	t.i64(9, chunk.offset)
	t.begin(12)
	t.i64(3, int64(chunk.nulls))
	if c.isNumber() && chunk.nulls < chunk.values {
		t.text(5, string(binary.LittleEndian.AppendUint64(nil, uint64(chunk.greatest))))
		t.text(6, string(binary.LittleEndian.AppendUint64(nil, uint64(chunk.least))))
	}
	t.end()
}

// Types of Thrift's compact protocol.
const (
	thriftTrue   = 1
	thriftI32    = 5
	thriftI64    = 6
	thriftBinary = 8
	thriftList   = 9
	thriftStruct = 12
)

// A thrift writes structs in the compact protocol of Apache Thrift. Fields of a
// struct must come in the order of their numbers.
type thrift struct {
	bytes []byte
	last  []int // the number of the last field of each struct that is open
}

// field begins a field.
func (t *thrift) field(number int, kind byte) {
	last := &t.last[len(t.last)-1]
	t.bytes = append(t.bytes, byte(number-*last)<<4|kind) // none is more than 15 away
	*last = number
}

// begin begins a struct: a field, or with the number 0 an element of a list or what
// is no part of another.
func (t *thrift) begin(number int) {
	if number > 0 {
		t.field(number, thriftStruct)
	}
	t.last = append(t.last, 0)
}

func (t *thrift) end() {
	t.bytes = append(t.bytes, 0)
	t.last = t.last[:len(t.last)-1]
}

func (t *thrift) i32(number, value int) {
	t.field(number, thriftI32)
	t.element(value)
}

func (t *thrift) i64(number int, value int64) {
	t.field(number, thriftI64)
	t.bytes = binary.AppendVarint(t.bytes, value)
}

func (t *thrift) yes(number int) { t.field(number, thriftTrue) }

func (t *thrift) text(number int, value string) {
	t.field(number, thriftBinary)
	t.string(value)
}

// list begins a list, of which as many elements must follow.
func (t *thrift) list(number int, kind byte, length int) {
	t.field(number, thriftList)
	if length < 15 {
		t.bytes = append(t.bytes, byte(length)<<4|kind)
		return
	}
	t.bytes = binary.AppendUvarint(append(t.bytes, 0xf0|kind), uint64(length))
}

// element and string write an integer and a text in a list.
func (t *thrift) element(value int) { t.bytes = binary.AppendVarint(t.bytes, int64(value)) }

func (t *thrift) string(value string) {
	t.bytes = append(binary.AppendUvarint(t.bytes, uint64(len(value))), value...)
}

package export

import (
	"encoding/binary"
	"io"

	"github.com/klauspost/compress/zstd"

	"newswired/feed"
)

// Of a row group, a part of the file with so many rows that are not in many pages,
// the pages are in memory, compressed, until it is written; of each column one page
// is, as it is. Readers take a group at a time, and skip those without what they
// look for.
const (
	pageBytes  = 256 << 10
	groupBytes = 32 << 20 // before they are compressed
	groupRows  = 120_000
)

// A Parquet writes a file of Apache Parquet (the format's version 1, which every
// reader knows), compressed by zstd. Texts are strings, those of JSON too, times
// are timestamps in milliseconds and UTC, and every column may be NULL.
//
// It is written here because the library for it makes the program a third larger
// and takes 90 MB of memory; a table without nesting needs little of the format.
type Parquet struct {
	out     io.Writer
	written int64
	zstd    *zstd.Encoder
	columns []*parquetColumn
	groups  []parquetGroup
	bytes   int // of the row group
	rows    int // of the row group
}

// A parquetGroup is what the end of the file tells of a row group.
type parquetGroup struct {
	rows   int
	chunks []parquetChunk
}

// A parquetChunk is what it tells of a column of it. The offset is from the
// beginning of the file.
type parquetChunk struct {
	offset, plain, packed int64
	values, nulls         int   // NULL are among the values
	least, greatest       int64 // of numbers and times
}

// NewParquet begins a file. What is written becomes one by Close alone.
func NewParquet(w io.Writer, columns []feed.Column) (*Parquet, error) {
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(pageBytes))
	if err != nil {
		return nil, err
	}
	p := &Parquet{out: w, zstd: packer}
	for _, c := range columns {
		p.columns = append(p.columns, &parquetColumn{Column: c})
	}
	return p, p.write([]byte(parquetMagic))
}

// parquetMagic is how such a file begins and ends.
const parquetMagic = "PAR1"

func (p *Parquet) write(b []byte) error {
	n, err := p.out.Write(b)
	p.written += int64(n)
	return err
}

// Write writes a row.
func (p *Parquet) Write(row []any) error {
	for i, value := range row {
		c := p.columns[i]
		n, err := c.add(value)
		if err != nil {
			return err
		}
		if p.bytes += n; len(c.values) >= pageBytes {
			c.endPage(p.zstd)
		}
	}
	if p.rows++; p.rows < groupRows && p.bytes < groupBytes {
		return nil
	}
	return p.endGroup()
}

// endGroup writes the row group.
func (p *Parquet) endGroup() error {
	g := parquetGroup{rows: p.rows}
	for _, c := range p.columns {
		c.endPage(p.zstd)
		c.chunk.offset, c.chunk.packed = p.written, int64(len(c.pages))
		if err := p.write(c.pages); err != nil {
			return err
		}
		g.chunks = append(g.chunks, c.chunk)
		c.chunk, c.pages = parquetChunk{}, c.pages[:0]
	}
	p.groups = append(p.groups, g)
	p.rows, p.bytes = 0, 0
	return nil
}

// Close writes what is still held back, and at the end of the file what is in it.
func (p *Parquet) Close() error {
	if p.rows > 0 {
		if err := p.endGroup(); err != nil {
			return err
		}
	}
	end := p.footer()
	end = binary.LittleEndian.AppendUint32(end, uint32(len(end)))
	return p.write(append(end, parquetMagic...))
}

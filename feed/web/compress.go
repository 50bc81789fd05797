package web

import (
	"bytes"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// compress is called once per rendering and coding, not once per request.
func compress(b []byte, c coding) []byte {
	if c == zstandard {
		return zstandardEncoder().EncodeAll(b, nil)
	}
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b) // neither can fail, for a buffer takes every write
	_ = z.Close()
	return out.Bytes()
}

// zstandardEncoder works on one rendering at a time, so that it keeps its tables
// once. RFC 9659 lets those who read content codings refuse windows of more than
// 8 MiB; Editions are shorter than most, and 1 MiB loses nothing on them.
var zstandardEncoder = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic(err) // unreachable: the options are ours
	}
	return e
})

package fetcher

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newswired/feed"
)

// Bodies wait for each other when there is no room, but for one; whoever waits
// goes on when another leaves.
func TestRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(100)
		var one, two, three share
		must := func(s *share, bytes int64) {
			t.Helper()
			if err := r.grow(t.Context(), s, bytes); err != nil {
				t.Fatal(err)
			}
		}
		must(&one, 60)
		must(&two, 40)
		must(&two, 30) // has them
		must(&two, 1000)
		must(&two, 5000)
		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := r.grow(impatient, &three, 1); err != context.DeadlineExceeded || three != (share{}) {
			t.Errorf("there is no room, but: %v, %+v", err, three)
		}
		grown := false
		go func() { must(&three, 50); grown = true }()
		synctest.Wait()
		r.leave(&two)
		synctest.Wait()
		if !grown || !three.unlimited {
			t.Errorf("the first who waits does not go on: %+v", three)
		}
		r.leave(&one)
		r.leave(&three)
		r.leave(&three)
		if r.free != 100 || r.lent {
			t.Errorf("%d of 100 bytes are free, lent %t", r.free, r.lent)
		}
	})
}

// A limit counts no time in which it is paused.
func TestLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		ctx, l := newLimit(t.Context(), time.Minute, "over")
		time.Sleep(40 * time.Second)
		l.pause()
		time.Sleep(time.Hour)
		l.resume()
		<-ctx.Done()
		if took := time.Since(start); took != time.Hour+time.Minute || l.cause(io.ErrUnexpectedEOF) != tooSlow("over") {
			t.Errorf("ended after %s by %v", took, l.cause(io.ErrUnexpectedEOF))
		}
		l.end()
		ctx, l = newLimit(t.Context(), time.Minute, "over")
		l.end()
		if <-ctx.Done(); l.cause(io.EOF) != io.EOF {
			t.Errorf("what ended early took too long: %v", l.cause(io.EOF))
		}
	})
}

// Long Documents that do not fit into the room side by side are all read, one
// after another if need be, whether the server says how long they are or not.
func TestLongBodies(t *testing.T) {
	long := append([]byte(one), bytes.Repeat([]byte(" "), 300<<10)...)
	b := newNames(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/said" {
			w.Header().Set("Content-Length", fmt.Sprint(len(long)))
		}
		for part := range bytes.SplitSeq(long, []byte("<item>")) {
			w.Write(part)
			if len(part) < 100 {
				io.WriteString(w, "<item>")
			}
			w.(http.Flusher).Flush()
		}
	})
	b.room = newRoom(200 << 10)
	var all sync.WaitGroup
	for i := range polls {
		path := []string{"", "/said"}[i%2]
		all.Go(func() {
			b.poll(feed.Source{Name: fmt.Sprint("wire-", i), URL: fmt.Sprintf("http://%d.example%s", i, path)}, Scheduled)
		})
	}
	all.Wait()
	for _, p := range b.store.polls {
		if p.Kind != feed.OK || p.Bytes != int64(len(long)) || len(p.Document.Articles) != 1 {
			t.Errorf("%s: %q %q, %d bytes of %d", p.Source, p.Kind, p.Error, p.Bytes, len(long))
		}
	}
	if b.room.free != 200<<10 || b.room.lent || len(b.slots)+len(b.reading) != 0 {
		t.Errorf("room %+v, %d slots, %d readers taken", b.room, len(b.slots), len(b.reading))
	}
}

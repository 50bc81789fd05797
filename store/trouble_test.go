package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	lib "modernc.org/sqlite/lib"

	"newswired/feed"
)

// A poll for which there is no room fails as a whole and says what to do; with room
// again the next one is stored.
func TestNoRoom(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	w.poll("wire", issue(0, 3, 100)...)
	bound := func(pages string) {
		t.Helper()
		var n int
		if err := w.conn.QueryRowContext(ctx, "PRAGMA max_page_count = "+pages).Scan(&n); err != nil {
			t.Fatal(err)
		}
	}
	bound("1")
	before := w.count("SELECT count(*) + (SELECT sum(count) FROM fetches) FROM revisions")
	_, err := w.Record(ctx, feed.Poll{Source: "wire", Started: w.now.Add(time.Hour), Status: 200, Document: &feed.Document{Articles: issue(100, 50, 4000)}})
	if !errors.Is(err, ErrNoRoom) || !strings.Contains(err.Error(), w.name) || !strings.Contains(err.Error(), "no room left on its disk") {
		t.Errorf("the poll: %v", err)
	}
	want(t, "rows", w.count("SELECT count(*) + (SELECT sum(count) FROM fetches) FROM revisions"), before)
	if w.unwritten.Load() == nil {
		t.Error("it is not remembered")
	}
	if err := w.Alive(ctx); err != nil {
		t.Errorf("not alive for want of room: %v", err)
	}
	bound("1000000")
	if err := w.Writable(ctx, w.now); err != nil || w.unwritten.Load() != nil {
		t.Errorf("with room again: %v", err)
	}
	want(t, "new in the next poll", w.poll("wire", issue(100, 50, 4000)...).New, 50)
}

// What SQLite says means what it is, with a way out.
func TestMeaning(t *testing.T) {
	for code, want := range map[int]error{
		lib.SQLITE_CORRUPT: ErrDamaged, lib.SQLITE_CORRUPT_INDEX: ErrDamaged, lib.SQLITE_CORRUPT_VTAB: ErrDamaged, lib.SQLITE_NOTADB: ErrDamaged,
		lib.SQLITE_FULL: ErrNoRoom, lib.SQLITE_IOERR_WRITE: ErrNoRoom, lib.SQLITE_IOERR_SHMSIZE: ErrNoRoom,
		lib.SQLITE_READONLY: ErrUnwritten, lib.SQLITE_READONLY_DBMOVED: ErrUnwritten,
		lib.SQLITE_READONLY_DIRECTORY: ErrForbidden, lib.SQLITE_READONLY_CANTINIT: ErrForbidden, lib.SQLITE_CANTOPEN: ErrForbidden,
		lib.SQLITE_BUSY: ErrLocked, lib.SQLITE_BUSY_SNAPSHOT: ErrLocked, lib.SQLITE_CONSTRAINT_UNIQUE: nil, lib.SQLITE_IOERR_READ: nil,
	} {
		text, kind := meaning(code)
		if kind != want || (kind == nil) != (text == "") {
			t.Errorf("%d: %v, %s", code, kind, text)
		}
	}
	if !errors.Is(ErrNoRoom, ErrUnwritten) || errors.Is(ErrUnwritten, ErrNoRoom) {
		t.Error("no room is one way of not being written")
	}
}

// A file that another user may read is told from one that is damaged.
func TestForbiddenIsNotDamaged(t *testing.T) {
	for _, err := range []error{fmt.Errorf("open: %w", fs.ErrPermission), &trouble{ErrForbidden, "not ours", errors.New("1544")}} {
		found := Facts{Refused: err}.Findings()
		if len(found) == 0 || found[0].Severity != Wrong || found[0].Advice == salvageAdvice {
			t.Errorf("%v: %+v", err, found)
		}
	}
}

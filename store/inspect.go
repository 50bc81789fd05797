package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// A header is what a database file says about itself.
type header struct {
	id, version, tables int
	lost                bool // true: it has our tables, but not our mark
}

var (
	errForeign    = errors.New("the file is a database of another program; give newswired a file of its own")
	errLost       = errors.New("the file has newswired's tables but lost newswired's mark, as what sqlite3 restores from a .dump does: run newswired doctor --repair")
	errUnreleased = errors.New("the file was made by a newswired that was never released; move it away, a new one will be made")
)

// inspect looks at a file without changing it, and refuses what must not be
// written to: what is damaged, what is not ours, and an empty file in the place
// of a database. Of a file that is not there it returns the zero value.
func inspect(ctx context.Context, name string) (h header, err error) {
	there, err := checkBytes(name)
	if err != nil || !there {
		return h, err
	}
	db, err := sql.Open("sqlite", dsn(name, "mode=ro", "busy_timeout(10000)"))
	if err != nil {
		return h, err
	}
	defer db.Close()
	if h, err = readHeader(ctx, db); err != nil {
		return h, explain(err)
	}
	switch {
	case h.tables == 0:
		return header{}, nil // an empty one: ours may be made of it
	case h.lost:
		return h, errLost
	case h.id != applicationID:
		return h, errForeign
	case h.version > len(versions):
		return h, fmt.Errorf("the file has version %d, this newswired knows %d: use a newer newswired, or another file", h.version, len(versions))
	}
	var ok bool
	if err := db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'rhythm')`).Scan(&ok); err != nil {
		return h, fmt.Errorf("read schema: %w", explain(err))
	}
	if !ok {
		return h, errUnreleased
	}
	return h, nil
}

// readHeader asks a database who made it.
func readHeader(ctx context.Context, db *sql.DB) (h header, err error) {
	err = db.QueryRowContext(ctx, `SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_application_id, pragma_user_version`).Scan(&h.id, &h.version, &h.tables)
	if err != nil {
		return h, fmt.Errorf("read version: %w", err)
	}
	if (h.id == 0 || h.id == applicationID && h.version == 0) && h.tables > 0 { // a version has both from its first moment
		wrong, err := compareSchema(ctx, db)
		h.lost = err == nil && len(wrong.tables) == 0
	}
	return h, nil
}

// checkBytes checks what SQLite would not say clearly, or would take for a new
// file, and reports whether there is a database.
func checkBytes(name string) (there bool, err error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		if size(name+"-wal") > 0 {
			return false, &trouble{ErrDamaged, "the file is not there, though " + name + "-wal has what was written to it last (put it back, or remove that to begin anew)", err}
		}
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	if info.IsDir() {
		return false, fmt.Errorf("%s is a folder: name a file in it", name)
	}
	if info.Size() == 0 {
		if size(name+"-wal") >= 0 || size(name+"-shm") >= 0 {
			return false, &trouble{ErrDamaged, "the file is empty, and once was a database (restore a backup; to begin anew, remove it, and " + name + "-wal and -shm)", io.ErrUnexpectedEOF}
		}
		return false, nil
	}
	return true, checkHead(f, info.Size(), size(name+"-wal") > 0)
}

// headSize is how long the header of a database is (sqlite.org/fileformat.html,
// section 1.3), the other numbers where it has the size of a page and how many
// there are.
const (
	headSize    = 100
	pageSizeAt  = 16
	pageCountAt = 28
)

// checkHead checks the header of a file of some size. While a write-ahead log
// waits, the file may be shorter than it says.
func checkHead(f io.Reader, size int64, log bool) error {
	head := make([]byte, headSize)
	if _, err := io.ReadFull(f, head); err != nil || string(head[:16]) != "SQLite format 3\x00" {
		return &trouble{ErrDamaged, "the file is no SQLite database, or its beginning was overwritten (it is left as it is: move it away, and restore a backup)", errors.New("no header")}
	}
	page := int64(binary.BigEndian.Uint16(head[pageSizeAt:]))
	if page == 1 {
		page = 1 << 16
	}
	if want := page * int64(binary.BigEndian.Uint32(head[pageCountAt:])); size < want && !log {
		return &trouble{ErrDamaged, "the file was cut off (it is left as it is: restore a backup, or save what can be read with newswired doctor --salvage)", fmt.Errorf("%d of %d bytes are there", size, want)}
	}
	return nil
}

// size returns how long a file is, -1 if it is not there.
func size(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return -1
	}
	return info.Size()
}

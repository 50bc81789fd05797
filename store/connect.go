package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
)

// pageSize is how many bytes a page of a new file has: there is room for some whole
// Revisions, and half as much is wasted behind the last one as in 4 KiB.
const pageSize = 8192

// PRAGMAs belong to a connection, hence to the name under which each is
// opened. synchronous=NORMAL may lose the last polls when the power fails, not
// when we do; their validators are lost with them, so that they come again.
// The driver sets the journal after these, for the size of pages must precede it.
// Caches are small, for the system's own has the file's pages, too: one that reads
// begins anew after every commit, and polls take no longer than with twice as much.
// A page of 8 KiB takes 12 in memory, and the connections share what is allowed to
// each: one that writes uses what those that read leave.
var (
	writerPragmas = []string{"busy_timeout(10000)", fmt.Sprintf("page_size(%d)", pageSize), "synchronous(NORMAL)", "foreign_keys(1)", "cache_size(-1000)", "wal_autocheckpoint(2000)", "journal_size_limit(16777216)"}
	readerPragmas = []string{"busy_timeout(10000)", "query_only(1)", "cache_size(-250)"}
)

// keepWAL leaves the -wal and -shm files in place when we stop: without them
// a reader that may not write could not open the database.
func keepWAL(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() // back to the pool of one
	return conn.Raw(func(c any) error {
		_, err := c.(sqlite.FileControl).FileControlPersistWAL("main", 1)
		return err
	})
}

// dsn returns the URL by which the driver opens a file: on a plain name it
// would drop the parameters.
func dsn(name, more string, pragmas ...string) string {
	path := filepath.ToSlash(name)
	if filepath.VolumeName(name) != "" {
		path = "/" + path
	}
	path = strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	var query []string
	if more != "" {
		query = append(query, more)
	}
	for _, p := range pragmas {
		query = append(query, "_pragma="+url.QueryEscape(p))
	}
	return "file:" + path + "?" + strings.Join(query, "&")
}

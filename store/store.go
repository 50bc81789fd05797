// Package store keeps all that newswired knows in one SQLite file.
//
// It promises that one poll is one transaction: Articles, Revisions, the
// Stories they tell, the Entries and verdicts of every Feed and the Source's
// own state are written together or not at all. It has one connection that
// writes, with immediate transactions, so that nothing here ever fails with
// "database is locked" because of ourselves; and some that read, which see the
// last committed state and never wait. Readers of other programs need nothing
// from us: the views of sql/schema are theirs.
//
// What is certain is SQL: keys, constraints, one statement per file in sql/.
// What is decided, is decided by pure functions of package feed, or handed in
// as a feed.Judge.
//
// Begin with sql/schema/01.sql, tx.go, and recordDocument in record.go: a recorder
// loads the Source and takes what a Document lists, knows its Articles again
// (identify), and records each (recordArticle). A known one is revised if it says
// something new, a new one is inserted and looks for the Story that it tells (find
// in place.go, match.go); where that changes what belongs together, a grouping
// makes the Stories anew (group.go). At last a bench lets every Feed judge the
// Stories that changed (judge.go). All else reads: Section for editions, Stories
// and Account for pages and commands, Health for the status, Extract for exports;
// or it is upkeep (retain.go, tidy.go).
//
// Tables, and by what a row is found:
//
//	source   name                 a Source, its health, validators and last Document's digest
//	document source               what need not be read again of that Document
//	subscription source; token    a callback that a hub was given
//	fetch    source, time         runs of polls with one outcome
//	alert    began, kind, source  what was wrong and worth telling
//	rhythm   source, hour         how many Articles it published
//	article  source, key          who it is, where it stands, its Story
//	revision seq; article         one state of an Article
//	page     article              its web page: when it is fetched, and its text
//	page_host host:port           how many pages were asked of it, and how it fails
//	robots   origin               what its robots.txt says
//	story    id                   a report
//	feed     name                 what we publish, and up to where it still has to be judged
//	verdict  story, feed          what a Feed says to a Story that it shows, once showed or lets wait
//	reason   feed, text           why a Feed does not show Stories
//	rejection story              the reasons of the Feeds that never showed it
//	archive  feed, number         where an archive of its Entries begins and ends
//	subscriber callback, topic    whom our hub tells of changes
//	ping     hub, feed            which changes the hubs of others were told of
//	minter   prefix               the newswired of whose ids it is
//	host     host:port            until when it wants to be left alone
//	refusal  source, name, reason what could not become an Article
//	tombstone source, key         an Article that was removed, so that it is not new again
//	repeated_name source, key     a name that is no Article's own
//	poll_hour hour                what all polls came to
//	article_day source, day       how many Articles it brought
//	meta     name                 what is of the whole file
//	word_index seq                words of Articles, for searches
//	vocabulary                    how common words are
//
//	sketch   a poll               by what Articles that are alike are found
//	likeness two articles         what was found out about them
//	ruling   two pages            what a person ruled about them
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

//go:embed sql/*.sql
var statements embed.FS

// A Store is an open database. Its methods may be called by several goroutines, but
// for Limit and ForgetReasons, which the upkeep calls one at a time, and Close, after
// which no other may be called. Errors of SQLite come with what they mean and what to
// do, see ErrUnwritten.
type Store struct {
	name    string
	file    os.FileInfo // as it was opened
	writer  *sql.DB     // of one connection
	conn    *sql.Conn   // that one, which whoever has the turn uses
	turn    chan struct{}
	locked  atomic.Bool  // whether another program kept the last transaction from beginning
	waiting waitingPolls // to be recorded together
	reader  *sql.DB      // query_only connections
	write   prepared     // belongs to whoever has the turn
	read    prepared

	watch *sql.Conn // one reader, always the same: data_version belongs to a connection

	generation atomic.Uint64
	nothingDue atomic.Pointer[lull]  // when JudgeDue last found nothing to do; nil: it never did
	version    atomic.Int64          // that watch saw last
	unwritten  atomic.Pointer[error] // why the last transaction could not be written; nil: it could
	merged     atomic.Int64          // Stories that turned out to be older ones, since Open
	counts     pollCounts            // those that are not stored yet
	indexed    atomic.Uint64         // one more than the generation of which the search index has all; 0: none yet

	mu    sync.Mutex
	setup setup // replaced whole by Configure

	// Of whoever has the writer's turn:
	words   words
	merging bool  // MergeWords has begun
	tooFew  int64 // Articles that may be taken out of the search index before that can be worth merging all

	// Of who does the upkeep, one at a time:
	unused  map[int64]bool // reasons, when ForgetReasons looked last
	excess  int64          // bytes that Limit has still to remove
	average int64          // bytes that an Article takes
}

// readers is how many connections read at a time: more than the cores only
// wait for each other.
var readers = max(2, runtime.NumCPU())

// Open opens the database in a file, creates it if it is not there, and brings
// its schema to the present version. The host goes into the tag: URIs of a new
// database (RFC 4151); "" stands for localhost. An error names the file; it is
// ErrLocked or ErrNoRoom if it ends by itself.
func Open(ctx context.Context, name, host string, now time.Time) (*Store, error) {
	if dir := filepath.Dir(name); dir != "." {
		if err := os.MkdirAll(dir, 0o750); err != nil {
			return nil, fmt.Errorf("create folder of database: %w", err)
		}
	}
	s := &Store{name: name, turn: make(chan struct{}, 1)}
	err := s.open(ctx, host, now)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", name, explain(err)), s.Close())
	}
	return s, nil
}

// open does the work of Open; what it has opened when it fails, Close ends.
// A file that is not ours, or damaged, is left as it is. The writer comes first: it
// makes the file, and the readers' query_only connections could not.
func (s *Store) open(ctx context.Context, host string, now time.Time) (err error) {
	found, err := inspect(ctx, s.name)
	if err != nil {
		return err
	}
	if s.writer, err = sql.Open("sqlite", dsn(s.name, "_txlock=immediate&_journal_mode=WAL", writerPragmas...)); err != nil {
		return err
	}
	s.writer.SetMaxOpenConns(1)
	if err := migrate(ctx, s.writer, s.name, found.version, host, now); err != nil {
		return err
	}
	if s.file, err = os.Stat(s.name); err != nil {
		return err
	}
	if err := keepWAL(ctx, s.writer); err != nil {
		return err
	}
	if s.reader, err = sql.Open("sqlite", dsn(s.name, "", readerPragmas...)); err != nil {
		return err
	}
	s.reader.SetMaxOpenConns(readers + 1)
	s.reader.SetMaxIdleConns(readers)
	if s.watch, err = s.reader.Conn(ctx); err != nil {
		return err
	}
	if s.conn, err = s.writer.Conn(ctx); err != nil {
		return err
	}
	s.read.db, s.write.db = s.reader, s.conn
	s.read.prefix = "select_"
	return nil
}

// Close saves how common words are, and what was counted, and ends all connections,
// the last of which brings the write-ahead log into the file; a Store that was never
// quite open may be closed.
func (s *Store) Close() error {
	var errs []error
	if s.words.added > 0 {
		errs = append(errs, s.SaveWords(context.Background()))
	}
	if !s.locked.Load() && s.unwritten.Load() == nil { // counts are worth no waiting, and no failure
		errs = append(errs, s.SaveCounts(context.Background()))
	}
	errs = append(errs, s.write.close()) // database/sql forgets those of a Conn: SQLite would stay open for them
	for _, conn := range []*sql.Conn{s.watch, s.conn} {
		if conn != nil {
			errs = append(errs, conn.Close())
		}
	}
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

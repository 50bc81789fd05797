package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// A lock keeps a second daemon off a database. The system drops it when the
// process ends, however it ends.
type lock struct {
	file *flock.Flock // which the system guards
	name string       // of the file that names our process, for people
}

// takeLock takes the lock of a database, or names who has it.
func takeLock(database string) (*lock, error) {
	if err := os.MkdirAll(filepath.Dir(database), 0o750); err != nil {
		return nil, fmt.Errorf("create folder of database: %w", err)
	}
	l := &lock{file: flock.New(database + ".lock"), name: database + ".pid"}
	ok, err := l.file.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock database %s: %w; let newswired write in its folder, or name a file in another under database", database, err)
	}
	if !ok {
		who, _ := os.ReadFile(l.name) // unknown is as good
		return nil, fmt.Errorf("database %s is served by another newswired (process %s): stop it, or give this one another file", database, strings.TrimSpace(string(who)))
	}
	return l, os.WriteFile(l.name, fmt.Appendf(nil, "%d\n", os.Getpid()), 0o640)
}

// release gives the database free. The file of the lock stays: to remove it
// would let two processes hold locks on two files of one name. So may that of the
// process, on a disk that has become read-only: it is only told to people.
func (l *lock) release() error {
	if l == nil {
		return nil
	}
	os.Remove(l.name)
	return l.file.Unlock()
}

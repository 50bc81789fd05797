package main

import (
	"context"
	"errors"
	"os"
	"time"

	"newswired/store"
)

// alive returns an error if the scheduler's clock or the database stands
// still: the process runs, but no longer does its work.
func (d *server) alive(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	return orMemory(errors.Join(d.follow.schedule.Alive(time.Now()), d.store.Alive(ctx)), os.DirFS("/"))
}

// bearable reports whether we go on in spite of what alive returned. That another
// program has locked the database is for a person: a restart would not find it open.
func (d *server) bearable(err error) bool {
	return err == nil || errors.Is(err, store.ErrLocked) && d.follow.schedule.Alive(time.Now()) == nil
}

// ready returns an error if polling or storing does not work, whether or not a
// restart would help. What is there is served all the same.
func (d *server) ready(ctx context.Context) error {
	err := errors.Join(d.follow.schedule.Alive(time.Now()), d.follow.stores(ctx))
	if d.follow.offline.Load() {
		err = errors.Join(err, errors.New("no network: nothing can be reached"))
	}
	return err
}

package web

import (
	"errors"
	"time"
)

// checkPatience is for how long who asks for our health waits for others who do.
const checkPatience = 5 * time.Second

// inTurn returns a check that is made by one at a time: each takes its turn to write
// to the database, and many who asked while that is held would take all the requests
// that may be answered at a time. nil stays nil.
func inTurn(check func() error) func() error {
	if check == nil {
		return nil
	}
	turn := make(chan struct{}, 1)
	return func() error {
		select {
		case turn <- struct{}{}:
			defer func() { <-turn }()
			return check()
		case <-time.After(checkPatience):
			return errors.New("who asked before is not answered yet: the database is busy, or hangs")
		}
	}
}

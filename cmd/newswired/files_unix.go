//go:build unix

package main

import (
	"math"
	"syscall"
)

// openFiles returns how many files and connections this process may have open, 0
// if nobody says.
func openFiles() int {
	var l syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &l); err != nil {
		return 0
	}
	return int(min(uint64(l.Cur), math.MaxInt32))
}

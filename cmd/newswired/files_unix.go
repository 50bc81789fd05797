//go:build unix

package main

import (
	"math"
	"os/exec"
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

// endTogether has a command end with all that it has begun when it takes too long.
func endTogether(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}

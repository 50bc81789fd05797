//go:build linux || darwin || freebsd

package store

import (
	"os"
	"syscall"
)

// diskFree returns how many bytes of a folder's disk a user may still write, -1 if
// that is unknown. A quota is not seen.
func diskFree(folder string) int64 {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return -1
	}
	return int64(s.Bavail) * int64(s.Bsize)
}

// owner returns whose a file is.
func owner(info os.FileInfo) (user, group int) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(s.Uid), int(s.Gid)
	}
	return -1, -1
}

// mayWrite reports whether we may write a file or into a folder.
func mayWrite(name string) bool { return syscall.Access(name, 2) == nil }

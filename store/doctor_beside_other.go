//go:build !linux && !darwin && !freebsd

package store

import "os"

// diskFree is unknown here.
func diskFree(string) int64 { return -1 }

// owner is unknown here.
func owner(os.FileInfo) (user, group int) { return -1, -1 }

// mayWrite finds out about a file only: what is open to others may still be written.
func mayWrite(name string) bool {
	info, err := os.Stat(name)
	return err == nil && (info.IsDir() || info.Mode().Perm()&0o200 != 0)
}

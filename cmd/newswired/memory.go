package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime/debug"
	"strconv"
	"strings"

	"newswired/feed"
)

// limitMemory has Go collect garbage sooner rather than take more memory than our
// cgroup may have. Whoever sets GOMEMLIMIT has decided that.
func limitMemory(root fs.FS) {
	if limit := memoryLimit(root); limit > 0 && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(goShare(limit))
	}
}

// goShare returns how many of the bytes that we may have are for Go. SQLite, the
// program itself and what the kernel keeps of our files need the rest: with less,
// pages of the program are read from the disk again and again.
func goShare(limit int64) int64 { return limit / 4 * 3 }

// memoryLimit returns how many bytes our cgroup and those above it may have, beyond
// which it is slowed down (memory.high, which automemlimit does not read) or killed;
// 0 if there is no limit.
func memoryLimit(root fs.FS) (limit int64) {
	for _, folder := range cgroups(root) {
		for _, name := range []string{"memory.high", "memory.max", "memory.limit_in_bytes"} {
			text, _ := fs.ReadFile(root, path.Join(folder, name))
			// "max" is none, and version 1 says it by the largest number of pages.
			n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
			if err == nil && n < 1<<60 && (limit == 0 || n < limit) {
				limit = n
			}
		}
	}
	return limit
}

// cgroups returns the folders in which the kernel counts our memory, each before
// those above it (cgroups(7), by version 2 and 1). In a container ours is the
// topmost.
func cgroups(root fs.FS) (folders []string) {
	text, _ := fs.ReadFile(root, "proc/self/cgroup") // none on other systems
	for line := range strings.Lines(string(text)) {
		field := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(field) < 3 || field[1] != "" && field[1] != "memory" {
			continue
		}
		for at := path.Join("/", field[2]); ; at = path.Dir(at) {
			folders = append(folders, path.Join("sys/fs/cgroup", field[1], at))
			if at == "/" {
				break
			}
		}
	}
	return folders
}

// scarce is which part of a minute, in percent, all of us may wait for memory until
// that is a trouble.
const scarce = 10

// memoryTrouble tells that much time goes by in waiting for memory: we go on, but
// late. It is none where the kernel does not measure it
// (https://docs.kernel.org/accounting/psi.html).
func memoryTrouble(root fs.FS) (t feed.Trouble, found bool) {
	for _, folder := range cgroups(root) {
		text, err := fs.ReadFile(root, path.Join(folder, "memory.pressure"))
		if err != nil {
			continue
		}
		_, full, _ := strings.Cut(string(text), "full ")
		_, average, _ := strings.Cut(full, "avg60=")
		average, _, _ = strings.Cut(average, " ")
		waits, err := strconv.ParseFloat(average, 64)
		return feed.Trouble{
			Kind:   "memory",
			Says:   fmt.Sprintf("there is too little memory: %.0f %% of the time is spent waiting for it", waits),
			Advice: "raise MemoryHigh= and MemoryMax= by systemctl edit newswired, or what limits the container",
		}, err == nil && waits >= scarce
	}
	return feed.Trouble{}, false
}

// orMemory adds to what is wrong that there is too little memory, if there is: all
// that is late then is late because of it.
func orMemory(err error, root fs.FS) error {
	if err == nil {
		return nil
	}
	if t, found := memoryTrouble(root); found {
		return fmt.Errorf("%w; %s: %s", err, t.Says, t.Advice)
	}
	return err
}

package main

import (
	"io/fs"
	"os"
	"time"
)

// watchInterval is how often a file is looked at that is watched.
const watchInterval = 5 * time.Second

// A watched is a file of which it is to be known when it changes, however it is
// written: in place, by another file that takes its name, or by a link that is led
// elsewhere. To look is what works on every system and every kind of disk.
type watched struct {
	name    string
	told    fs.FileInfo // as it was when it was last told of
	present fs.FileInfo // as the last look saw it
}

// watch begins with the file as it is.
func watch(name string) *watched {
	info, _ := os.Stat(name)
	return &watched{name: name, told: info, present: info}
}

// changed reports, once for each change, that the file is another than it was, and
// has been for one look at least: who writes it should be done. A file that is gone
// is waited for.
func (w *watched) changed() bool {
	info, err := os.Stat(w.name)
	if err != nil {
		return false
	}
	settled := alike(info, w.present)
	w.present = info
	if !settled || alike(info, w.told) {
		return false
	}
	w.told = info
	return true
}

// alike reports whether two looks saw one state of one file; nil is none.
func alike(a, b fs.FileInfo) bool {
	return a != nil && b != nil && os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

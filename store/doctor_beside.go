package store

import (
	"os"
	"path/filepath"
)

// lookBeside looks at the files beside a database: whose they are, and what
// nobody uses any more.
func (f *Facts) lookBeside() {
	info, err := os.Stat(f.Name)
	if err != nil {
		return
	}
	user, _ := owner(info)
	for _, end := range []string{"-wal", "-shm", ".lock"} {
		if beside, err := os.Stat(f.Name + end); err == nil {
			if other, _ := owner(beside); other != user {
				f.Strangers = append(f.Strangers, f.Name+end)
			}
		}
	}
	f.ReadOnly = !mayWrite(f.Name) || !mayWrite(filepath.Dir(f.Name))
	for _, pattern := range []string{".version-*", ".salvage", "*.part"} {
		found, _ := filepath.Glob(globbed(f.Name) + pattern)
		f.Leftovers = append(f.Leftovers, found...)
	}
}

// globbed quotes a name for filepath.Glob.
func globbed(name string) string {
	var quoted []rune
	for _, r := range name {
		if r == '*' || r == '?' || r == '[' {
			quoted = append(quoted, '[', r, ']')
			continue
		}
		quoted = append(quoted, r)
	}
	return string(quoted)
}

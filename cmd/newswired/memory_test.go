package main

import (
	"errors"
	"runtime/debug"
	"strings"
	"testing"
	"testing/fstest"

	"newswired/store"
)

// TestMemoryLimit: the smallest limit of our cgroup and those above it counts, in a
// container, too, by both versions of cgroups.
func TestMemoryLimit(t *testing.T) {
	const ours, v1 = "0::/system.slice/newswired.service\n", "4:memory:/box/newswired\n3:cpuset:/\n0::/\n"
	const service = "sys/fs/cgroup/system.slice/newswired.service/"
	for _, test := range []struct {
		name   string
		cgroup string
		files  map[string]string
		want   int64
	}{
		{"another system", "", nil, 0},
		{"no limit", ours, map[string]string{service + "memory.high": "max\n", service + "memory.max": "max\n"}, 0},
		{"slowed down before it is killed", ours, map[string]string{service + "memory.high": "402653184\n", service + "memory.max": "536870912\n"}, 402653184},
		{"only killed", ours, map[string]string{service + "memory.high": "max\n", service + "memory.max": "536870912\n"}, 536870912},
		{"the slice has less", ours, map[string]string{service + "memory.max": "536870912\n", "sys/fs/cgroup/system.slice/memory.max": "100000000\n"}, 100000000},
		{"a container", "0::/\n", map[string]string{"sys/fs/cgroup/memory.max": "268435456\n"}, 268435456},
		{"another service has less", ours, map[string]string{service + "memory.max": "536870912\n", "sys/fs/cgroup/system.slice/other.service/memory.max": "1000\n"}, 536870912},
		{"version 1", v1, map[string]string{"sys/fs/cgroup/memory/box/memory.limit_in_bytes": "67108864\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 67108864},
		{"version 1 without", v1, map[string]string{"sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 0},
		{"nonsense", ours, map[string]string{service + "memory.max": "much\n"}, 0},
	} {
		if got := memoryLimit(cgroupFiles(test.cgroup, test.files)); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

// TestLimitMemory: Go keeps to three quarters of the limit, unless told otherwise.
func TestLimitMemory(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	defer debug.SetMemoryLimit(before)
	root := cgroupFiles("0::/\n", map[string]string{"sys/fs/cgroup/memory.high": "402653184\n"})
	t.Setenv("GOMEMLIMIT", "1GiB")
	if limitMemory(root); debug.SetMemoryLimit(-1) != before {
		t.Error("GOMEMLIMIT was overruled")
	}
	t.Setenv("GOMEMLIMIT", "")
	if limitMemory(root); debug.SetMemoryLimit(-1) != 301989888 {
		t.Errorf("the limit is %d", debug.SetMemoryLimit(-1))
	}
}

// TestMemoryTrouble: a daemon that mostly waits for memory says so.
func TestMemoryTrouble(t *testing.T) {
	const at = "sys/fs/cgroup/system.slice/newswired.service/memory.pressure"
	for _, test := range []struct {
		name, pressure string
		want           string // "" for no trouble
	}{
		{"not measured", "", ""},
		{"well", "some avg10=90.00 avg60=80.00 avg300=70.00 total=1\nfull avg10=20.00 avg60=9.99 avg300=99.00 total=1\n", ""},
		{"short of it", "some avg10=0.00 avg60=99.00 avg300=0.00 total=1\nfull avg10=1.00 avg60=42.31 avg300=2.00 total=1\n", "42 %"},
		{"another form", "full avg60\n", ""},
	} {
		files := map[string]string{}
		if test.pressure != "" {
			files[at] = test.pressure
		}
		got, found := memoryTrouble(cgroupFiles("0::/system.slice/newswired.service\n", files))
		if found != (test.want != "") || found && !strings.Contains(got.Says, test.want) {
			t.Errorf("%s: %v, %q", test.name, found, got.Says)
		}
	}
}

// TestOrMemory: who is told that the database is late is told why, if that is known.
func TestOrMemory(t *testing.T) {
	waits := func(percent string) fstest.MapFS {
		return cgroupFiles("0::/\n", map[string]string{"sys/fs/cgroup/memory.pressure": "full avg10=0.00 avg60=" + percent + " avg300=0.00 total=1\n"})
	}
	late := store.ErrLocked
	if err := orMemory(nil, waits("50.00")); err != nil {
		t.Error("what is alive was blamed:", err)
	}
	if err := orMemory(late, waits("1.00")); err != late {
		t.Error("memory was blamed:", err)
	}
	err := orMemory(late, waits("50.00"))
	if !errors.Is(err, late) || !strings.Contains(err.Error(), "50 %") || !strings.Contains(err.Error(), "MemoryHigh") {
		t.Error("memory was not blamed:", err)
	}
}

// cgroupFiles returns what the kernel shows to a process in a cgroup.
func cgroupFiles(self string, files map[string]string) fstest.MapFS {
	root := fstest.MapFS{"proc/self/cgroup": {Data: []byte(self)}}
	for name, text := range files {
		root[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return root
}

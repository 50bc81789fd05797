package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// programs are what this test binary is when it is called by their names: newswired
// itself, for scripts, and wires, a server of feeds for benchmarks.
var programs = map[string]func(){"newswired": main, "wires": serveWires}

func TestMain(m *testing.M) { testscript.Main(m, programs) }

// Each script in testdata/script has a wire of its own at $WIRE, which serves
// the files in its folder www, and these commands:
//
//	expand FILE...       replaces $WIRE in files, a configuration for example
//	status N COMMAND...  runs a command that must end with this exit status
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Condition: func(what string) (bool, error) { // whether newswired's package is on this machine
			_, err := os.Stat("/etc/newswired/config.yaml")
			return what == "installed" && err == nil, nil
		},
		Setup: func(env *testscript.Env) error {
			wire := httptest.NewServer(wireHandler(filepath.Join(env.WorkDir, "www")))
			env.Defer(wire.Close)
			env.Setenv("WIRE", wire.URL)
			env.Setenv("CONFIGURATION_DIRECTORY", "")
			env.Setenv("STATE_DIRECTORY", "")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"expand": expand, "status": status},
	})
}

// expand replaces $WIRE in files by the address of the wire.
func expand(ts *testscript.TestScript, neg bool, files []string) {
	if neg || len(files) == 0 {
		ts.Fatalf("usage: expand FILE...")
	}
	for _, name := range files {
		text := strings.ReplaceAll(ts.ReadFile(name), "$WIRE", ts.Getenv("WIRE"))
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o644))
	}
}

// status runs a command that has to exit with this status.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

// wireHandler is a publisher's server: /NAME is the file of that name in a
// folder, with an ETag, /down/ANY fails, /busy/ANY wants to be left alone,
// /slow/ANY says that it changes rarely, /gone/ANY is gone, /moved/NAME is at
// /NAME for good, and /members/NAME is the file for those who know the password.
func wireHandler(folder string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/down/", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "the presses stand still", http.StatusInternalServerError)
	})
	mux.HandleFunc("/busy/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7200")
		http.Error(w, "later", http.StatusTooManyRequests)
	})
	mux.HandleFunc("/slow/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "max-age=7200")
		io.WriteString(w, `<rss version="2.0"><channel><title>Slow</title><item><title>Nothing hurries</title></item></channel></rss>`)
	})
	mux.HandleFunc("/members/", func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "kim" || password != "open-sesame" {
			http.Error(w, "for members", http.StatusUnauthorized)
			return
		}
		http.ServeFile(w, r, filepath.Join(folder, path.Base(r.URL.Path)))
	})
	mux.HandleFunc("/moved/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/"+path.Base(r.URL.Path), http.StatusMovedPermanently)
	})
	mux.HandleFunc("/gone/", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "closed for good", http.StatusGone)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		data, err := os.ReadFile(filepath.Join(folder, path.Base(r.URL.Path)))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		tag := fmt.Sprintf(`"%x"`, sha256.Sum256(data))
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Type", "application/xml")
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Write(data)
	})
	return mux
}

package main

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
)

// The manual page has every command with its flags, and is shown as it is meant.
func TestMan(t *testing.T) {
	var out bytes.Buffer
	a := &app{stdout: &out, stderr: &out}
	if status := a.run(t.Context(), []string{"man"}); status != exitDone {
		t.Fatalf("status %d: %s", status, &out)
	}
	page := out.String()
	for _, c := range a.commands().Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" && !strings.Contains(page, "\n.SS "+roff(c.Use)+"\n") {
			t.Errorf("%s is missing", c.Name())
		}
	}
	for _, want := range []string{
		`.B \-c, \-\-config \fIfile\fR`,
		`.B \-f, \-\-feed \fIfeed\fR`,
		`(default 20)`,
		`    newswired filter \(aqmentions("North Korea", "북한") and not title("weather")\(aq`,
	} {
		if !strings.Contains(page, want+"\n") {
			t.Errorf("%q is missing", want)
		}
	}
	if _, err := exec.LookPath("mandoc"); err != nil {
		return // what follows is its judgement
	}
	lint := exec.Command("mandoc", "-T", "lint", "-W", "error")
	lint.Stdin = &out
	if said, err := lint.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, said)
	}
}

// Nothing in a text is taken for a command of roff, or becomes a typographic sign.
func TestRoff(t *testing.T) {
	for text, want := range map[string]string{
		"--json":             `\-\-json`,
		`a\b`:                `a\eb`,
		".db is the ending":  `\&.db is the ending`,
		"'so'\n./config":     `\(aqso\(aq` + "\n" + `\&./config`,
		"  ~ and ^ and `x` ": `\(ti and \(ha and \(gax\(ga`,
	} {
		if got := roff(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadSecret(t *testing.T) {
	for text, want := range map[string]string{
		"basic kim:geheim\n":      "Basic kim:geheim",
		"BASIC kim:ge heim":       "Basic kim:ge heim",
		"basic kim:a:b":           "Basic kim:a:b",
		"Bearer geheim.abc\r\n":   "Bearer geheim.abc",
		"bearer geheim two":       "",
		"geheim":                  "",
		"kim:geheim":              "",
		"basic geheim":            "",
		"bearer":                  "",
		"":                        "",
		"bearer geheim\nX-Key: 1": "",
		"digest kim:geheim":       "",
	} {
		scheme, secret, err := readSecret("place", text)
		got := strings.TrimSpace(scheme + " " + secret)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", text, got, err)
		}
		if err != nil && (strings.Contains(err.Error(), "geheim") || !strings.Contains(err.Error(), "place")) {
			t.Errorf("%q: the error reads %q", text, err)
		}
	}
}

// The first place that has it counts, and what is missing is told with every
// place that was looked at.
func TestCredentialPlaces(t *testing.T) {
	given, folder := t.TempDir(), t.TempDir()
	write := func(dir, text string) {
		if err := os.WriteFile(filepath.Join(dir, "the-wire"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("CREDENTIALS_DIRECTORY", given)
	c := &config{Credentials: folder}
	_, err := c.credential("the-wire")
	for _, place := range []string{filepath.Join(given, "the-wire"), filepath.Join(folder, "the-wire"), "$NEWSWIRED_CREDENTIAL_THE_WIRE"} {
		if err == nil || !strings.Contains(err.Error(), place) {
			t.Errorf("%s is not in %v", place, err)
		}
	}
	if err != nil && strings.Contains(err.Error(), "key credentials") {
		t.Errorf("%v: but there is a folder", err)
	}
	if _, err := new(config).credential("the-wire"); err == nil || !strings.Contains(err.Error(), "key credentials") {
		t.Errorf("%v: nothing of the folder that there could be", err)
	}
	for _, step := range []struct {
		put  func()
		want string
	}{
		{func() { t.Setenv("NEWSWIRED_CREDENTIAL_THE_WIRE", "bearer one") }, "Bearer one"},
		{func() { write(folder, "bearer two") }, "Bearer two"},
		{func() { write(given, "bearer three") }, "Bearer three"},
		{func() { write(given, "bearer four") }, "Bearer four"},
		{func() { write(given, "basic kim:a:b") }, "Basic a2ltOmE6Yg=="},
	} {
		step.put()
		if got, err := c.credential("the-wire"); got != step.want || err != nil {
			t.Errorf("%q, want %q, %v", got, step.want, err)
		}
	}
}

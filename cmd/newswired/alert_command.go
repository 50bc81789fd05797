package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"newswired/feed"
)

// alertTime is how long the operator's command may take.
const alertTime = time.Minute

// runAlert runs the operator's command for some Alerts: it reads what is the matter
// from its standard input, and finds a line of it and numbers in its environment. An
// error has the end of what the command said. What takes too long is ended with all
// that it has begun.
func runAlert(ctx context.Context, command []string, alerts []feed.Alert) error {
	limited, cancel := context.WithTimeout(ctx, alertTime)
	defer cancel()
	ended := 0
	for i := range alerts {
		if !alerts[i].Ended.IsZero() {
			ended++
		}
	}
	var said tail
	c := exec.CommandContext(limited, command[0], command[1:]...)
	c.Stdin = strings.NewReader(feed.AlertText(alerts))
	c.Stdout, c.Stderr = &said, &said
	endTogether(c)
	c.WaitDelay = time.Second // what it left behind may hold its output open
	c.Env = append(alertEnvironment(os.Environ()), "NEWSWIRED_SUBJECT="+feed.AlertSubject(alerts),
		"NEWSWIRED_BEGAN="+strconv.Itoa(len(alerts)-ended), "NEWSWIRED_ENDED="+strconv.Itoa(ended))
	err := c.Run()
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay):
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil:
		err = fmt.Errorf("it was ended after %s", alertTime)
	}
	if text := feed.OneLine(strings.ToValidUTF8(string(said), "")); text != "" {
		err = fmt.Errorf("%w: %s", err, text)
	}
	return fmt.Errorf("run %s: %w", command[0], err)
}

// A tail keeps the end of what is written to it, the last 300 bytes: a command may
// say more than there is memory.
type tail []byte

// Write keeps what is last. It never fails, for that could end the command.
func (t *tail) Write(p []byte) (int, error) {
	all := append(*t, p[max(0, len(p)-300):]...)
	*t = append((*t)[:0], all[max(0, len(all)-300):]...)
	return len(p), nil
}

// checkAlert runs the command of the configuration, whose file has the name, for an
// Alert that is none.
func (c *config) checkAlert(ctx context.Context, name string) error {
	if len(c.OnAlert) == 0 {
		return fmt.Errorf("%s has no on_alert: add the command that is to be run", name)
	}
	now := time.Now()
	test := feed.Alert{Kind: "test", Says: "this is a test of on_alert, asked for by newswired check --alert", Advice: "nothing", Since: now, Began: now}
	return runAlert(ctx, c.OnAlert, []feed.Alert{test})
}

// alertEnvironment leaves out what is between systemd and us, and credentials.
func alertEnvironment(all []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return strings.HasPrefix(name, "NEWSWIRED_CREDENTIAL_") || strings.HasPrefix(name, "LISTEN_") || strings.HasPrefix(name, "WATCHDOG_") ||
			slices.Contains([]string{"NOTIFY_SOCKET", "CREDENTIALS_DIRECTORY"}, name)
	})
}

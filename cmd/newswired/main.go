// Newswired follows news wires: it polls the feeds of agencies and newspapers,
// keeps every version of every article in one SQLite file, and republishes
// them as feeds with one entry per story.
//
// This package is where everything meets, and where nothing is decided: each
// command reads the configuration, builds what it needs from the other
// packages, runs it and closes it. Signals, systemd, the terminal and the
// environment are known here and nowhere else.
//
// From start to stop: main builds the command line and runs one command, by
// default serve. That reads the configuration (config.go), listens, takes the
// lock beside the database and opens it (start in serve.go), answers requests
// (serveOn), and then begins to poll as a follower says (follow.go), which also
// has the upkeep. It goes on until a signal comes: SIGHUP, or a changed file,
// takes a new configuration over (reload.go), SIGTERM ends all in the reverse
// order (stop). The other commands have a file each, and most only read.
//
// A poll goes scheduler, follower, fetcher.Poller, meter, store.Store; a request
// goes limit.Gate, web.Site, library, store.Store. Begin to read in serve.go.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // for machines without zoneinfo

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"newswired/fetcher/schedule"
)

// Exit statuses.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// An app is one run of the program: what it takes from the process, and what
// tests put in its place.
type app struct {
	stdout, stderr io.Writer
	configFile     string // of -c; "" looks in the usual places
	verbose        bool

	listen func(address string) (net.Listener, error)
	dial   func(ctx context.Context, network, address string) (net.Conn, error) // nil for the real network
}

// garbage is how much of what is in use may be garbage, in percent (GOGC). A quarter
// of Go's 100 takes a quarter off our memory, for a few hundredths of a busy poll's
// time.
const garbage = 25

// main runs the command line, and ends it in order at the first SIGINT or SIGTERM.
func main() {
	runtime.MemProfileRate = 0 // nobody asks for the profile, which takes 1 MB
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	limitMemory(os.DirFS("/"))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	a := &app{stdout: os.Stdout, stderr: os.Stderr, listen: listen}
	os.Exit(a.run(ctx, os.Args[1:]))
}

// run runs a command line and returns the exit status. Errors go to stderr,
// each once.
func (a *app) run(ctx context.Context, args []string) int {
	root := a.commands()
	root.SetArgs(args)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	var usage usageError
	var config *configError
	switch {
	case errors.As(err, &config):
		complain(a.stderr, config.Error())
		return exitUsage
	case errors.As(err, &usage):
		complain(a.stderr, fmt.Sprintf("newswired: %s\n%s", usage.err, usage.hint))
		return exitUsage
	case strings.HasPrefix(err.Error(), "unknown command"), // cobra's, with what was meant
		strings.HasPrefix(err.Error(), "if any flags in the group"): // cobra's of flags that exclude each other
		complain(a.stderr, fmt.Sprintf("newswired: %s\ntry: newswired -h", strings.TrimSpace(err.Error())))
		return exitUsage
	}
	complain(a.stderr, fmt.Sprintf("newswired: %s", err))
	return exitFailed
}

// A usageError is a command line that cannot be meant, with a line that shows
// the way out.
type usageError struct {
	err  error
	hint string
}

// Error says what is wrong; the hint is printed on a line of its own.
func (e usageError) Error() string { return e.err.Error() }

// commands returns the command line, in which every mistake is a usageError
// with the command that helps, as nobody reads the whole help for one flag.
func (a *app) commands() *cobra.Command {
	root := &cobra.Command{
		Use:           "newswired",
		Short:         "Follow news wires, and publish one entry per story",
		Long:          longHelp,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context()) },
	}
	root.PersistentFlags().StringVarP(&a.configFile, "config", "c", "", "configuration `file` (default: the first there is of $CONFIGURATION_DIRECTORY/config.yaml, ./config.yaml, /etc/newswired/config.yaml)")
	root.PersistentFlags().BoolVarP(&a.verbose, "verbose", "v", false, "log what is for debugging, too")
	root.AddCommand(a.serveCommand(), a.checkCommand(), a.pollCommand(), a.statusCommand(),
		a.searchCommand(), a.backupCommand(), a.doctorCommand(), a.showCommand(), a.whyCommand(), a.filterCommand(), a.joinCommand(), a.splitCommand(), a.importCommand(), a.exportCommand(), a.schemaCommand(), a.manCommand(), a.versionCommand())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range append(root.Commands(), root) {
		c.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return misuse(c, flagMistake(err)) })
		if check := c.Args; check != nil {
			c.Args = func(c *cobra.Command, args []string) error { return misuse(c, check(c, args)) }
		}
	}
	return root
}

const longHelp = `newswired follows news wires: it polls the feeds of agencies and newspapers,
keeps every version of every article in one SQLite file, and republishes them
as feeds with one entry per story.

Without a command it serves: it polls the sources of config.yaml on their
schedules and publishes its feeds until it is stopped. SIGHUP reloads the
configuration.`

// misuse turns cobra's error about flags or arguments into a usageError.
func misuse(c *cobra.Command, err error) error {
	if err == nil {
		return nil
	}
	return usageError{err, fmt.Sprintf("try: %s -h", c.CommandPath())}
}

// flagMistake says what is wrong with a flag where pflag's words are half a letter or
// Go's own: a word that is not to be found begins with a dash as well.
func flagMistake(err error) error {
	var unknown *pflag.NotExistError
	var value *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return fmt.Errorf("unknown flag: -%s; before words that begin with a dash write --", unknown.GetSpecifiedShortnames())
	case errors.As(err, &value):
		what := map[string]string{"int": "a number", "bool": "true or false", "stringSlice": "a list such as one,two"}[value.GetFlag().Value.Type()]
		return fmt.Errorf("--%s %s: %s is expected", value.GetFlag().Name, value.GetValue(), what)
	}
	return err
}

// serveCommand is by name what the program does without a command.
func (a *app) serveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Poll and publish until stopped (the default)",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context()) },
	}
}

// versionCommand reads no file, so that it works whatever is wrong with them.
func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return printJSON(a.stdout, map[string]string{"version": version(), "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH})
			}
			_, err := fmt.Fprintln(a.stdout, "newswired", version())
			return err
		},
	}
	jsonFlag(c, &asJSON)
	return c
}

// release is the version of a package: its build sets it with the linker's -X.
var release string

// version returns the release, else what the Go command noted when it built us.
func version() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

// config finds and reads the configuration.
func (a *app) config() (name string, c *config, err error) {
	name, err = findConfig(a.configFile)
	if err != nil {
		return "", nil, usageError{err, "try: newswired -c FILE"}
	}
	c, err = loadConfig(name, shortest)
	if err != nil && errors.Is(err, os.ErrNotExist) {
		return "", nil, usageError{err, "try: newswired -c FILE"}
	}
	return name, c, err
}

// shortest is the scheduleChecker.
func shortest(text string) (time.Duration, error) {
	spec, err := schedule.Parse(text)
	return spec.Interval(), err
}

package main

import (
	_ "embed"
	"strings"
	"text/template"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manPage is newswired(1) but for its commands, which are those that there are.
//
//go:embed man.roff
var manPage string

// manCommand prints the manual page, whose commands are taken from the program: it
// cannot tell of others.
func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "man",
		Short:   "Print the manual page",
		Example: "  newswired man | man -l -",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.man(cmd.Root()) },
	}
}

// man prints newswired(1), written in man(7).
func (a *app) man(root *cobra.Command) error {
	page := template.New("newswired.1").Funcs(template.FuncMap{"roff": roff, "flags": flags, "version": version, "lines": exampleLines})
	page, err := page.Parse(manPage)
	if err != nil {
		return err
	}
	return page.Execute(a.stdout, root)
}

// roff writes text so that roff shows it as it is: its own characters, and a
// dash that can be pasted into a shell.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "^", `\(ha`, "~", `\(ti`, "`", `\(ga`).Replace(strings.TrimSpace(text))
	all := strings.Split(text, "\n")
	for i, line := range all {
		if strings.HasPrefix(line, ".") {
			all[i] = `\&` + line
		}
	}
	return strings.Join(all, "\n")
}

// exampleLines returns the lines of an example, without their indent.
func exampleLines(text string) []string {
	all := strings.Split(strings.Trim(text, "\n"), "\n")
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return all
}

// A manFlag is a flag as the manual page shows it.
type manFlag struct{ Name, Value, Usage string }

// flags returns the flags that a command has of its own.
func flags(c *cobra.Command) []manFlag {
	var all []manFlag
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" || f.Hidden {
			return
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		value, usage := pflag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "false" {
			usage += " (default " + f.DefValue + ")"
		}
		all = append(all, manFlag{name, value, usage})
	})
	return all
}

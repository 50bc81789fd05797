package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v4"

	"newswired/feed/render"
)

// importCommand only prints: a file that people write is changed by people.
func (a *app) importCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE.opml",
		Short: "Print the sources of config.yaml that an OPML file lists",
		Long: `Print the sources of config.yaml that an OPML file lists, as feed readers
export them. Nothing is changed: copy what you want into the file, and run
newswired check. The file - is standard input.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.importOPML(args[0], cmd.InOrStdin()) },
	}
}

// exportOPML prints the Sources as they are configured, with what stands in their
// URLs. Credentials don't.
func (a *app) exportOPML(c *config) error {
	all := make([]render.Subscription, len(c.Sources))
	for i, s := range c.Sources {
		all[i] = render.Subscription{Title: s.Outlet, URL: s.URL, Language: s.Language}
		if s.Outlet != s.Name {
			all[i].Title = s.Outlet + " (" + s.Name + ")" // outlets have several
		}
	}
	text, err := render.OPML("Sources of newswired", all)
	if err != nil {
		return err
	}
	_, err = a.stdout.Write(text)
	return err
}

// importOPML prints what is good of a file, and says on the error output what it
// leaves out. It fails if nothing is left.
func (a *app) importOPML(name string, stdin io.Reader) error {
	in := stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("read OPML: %w", err)
		}
		defer file.Close() // it is only read
		in = file
	}
	outlines, err := readOPML(in)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	sources, refused := sourcesOf(outlines)
	for _, r := range refused {
		fmt.Fprintf(a.stderr, "%s: left out %s\n", name, r)
	}
	if len(sources.Content) == 0 {
		return fmt.Errorf("%s lists no feed that can be polled: an outline needs an xmlUrl that begins with http", name)
	}
	document := &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{word("sources"), sources}}
	encoder := yaml.NewEncoder(a.stdout)
	encoder.SetIndent(2)
	return errors.Join(encoder.Encode(document), encoder.Close())
}

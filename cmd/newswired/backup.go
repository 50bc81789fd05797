package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"newswired/feed"
)

// backupCommand copies a database that is there; a mistyped configuration makes no
// empty one.
func (a *app) backupCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a checked copy of the database, also beside a running daemon",
		Long: `Backup writes a copy of the database as it is at one moment into FILE, while a
daemon polls and others read. The copy is complete and checked before it bears its
name: a former backup of that name stays until then, and any other file is left
alone. It needs as much room as the database takes.

To restore one: stop the daemon, put the copy in place of the database, remove the
files beside that end in -wal and -shm, start.`,
		Example: "  newswired backup /var/backups/newswired-$(date +%F).db",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.backup(cmd.Context(), args[0], asJSON) },
	}
	jsonFlag(c, &asJSON)
	return c
}

// backup copies the database.
func (a *app) backup(ctx context.Context, file string, asJSON bool) (err error) {
	_, c, err := a.config()
	if err != nil {
		return err
	}
	st, err := openStored(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	b, err := st.Backup(ctx, file)
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(a.stdout, map[string]any{"file": file, "articles": b.Articles, "bytes": b.Bytes})
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %s, %.1f MB, checked\n", file, feed.Counted(int(b.Articles), "article"), float64(b.Bytes)/1e6)
	return err
}

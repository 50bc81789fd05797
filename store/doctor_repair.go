package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

// Repair repairs what Findings say can be repaired, and returns those that it
// repaired. Alone says that no daemon serves the file: beside one nothing is
// changed that it has in memory.
func Repair(ctx context.Context, name string, all []Finding, alone bool, now time.Time) (done []Finding, err error) {
	all = slices.DeleteFunc(slices.Clone(all), func(f Finding) bool { return f.Repair == "" || f.alone && !alone })
	if len(all) == 0 {
		return nil, nil
	}
	if needs(all, "owner") {
		if err := GiveToOwner(name); err != nil {
			return nil, err
		}
	}
	db, err := sql.Open("sqlite", dsn(name, "_txlock=immediate", "busy_timeout(10000)", "cache_size(-64000)"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if err := keepWAL(ctx, db); err != nil {
		return nil, errors.Join(fmt.Errorf("repair %s: %w", name, explain(err)), db.Close())
	}
	err = inOneTransaction(ctx, db, func(t *sql.Tx) error { return repairRows(ctx, t, all, now) })
	if err == nil && needs(all, "vacuum") {
		_, err = db.ExecContext(ctx, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM")
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, fmt.Errorf("repair %s: %w", name, explain(err))
	}
	if needs(all, "words") {
		if err := indexAll(ctx, name, now); err != nil {
			return nil, fmt.Errorf("repair %s: %w", name, err)
		}
	}
	return all, nil
}

// needs reports whether one of the Findings is repaired in a way.
func needs(all []Finding, kind string) bool {
	return slices.ContainsFunc(all, func(f Finding) bool { return f.how.kind == kind })
}

// inOneTransaction runs f in a transaction that is committed if f succeeds. Keys
// are not checked meanwhile: what is made again, is made before what it belongs to.
func inOneTransaction(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error {
	t, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback() // does nothing after Commit
	if err := f(t); err != nil {
		return err
	}
	return t.Commit()
}

// repairRows repairs all that can be repaired within a transaction.
func repairRows(ctx context.Context, t *sql.Tx, all []Finding, now time.Time) error {
	for _, f := range all {
		var err error
		switch f.how.kind {
		case "mark":
			_, err = t.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, len(versions)))
		case "reindex":
			_, err = t.ExecContext(ctx, "REINDEX "+quote(f.how.name))
		case "objects":
			err = makeObjects(ctx, t)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.Check, err)
		}
	}
	if needs(all, "keys") || needs(all, "rule") {
		if err := settleRows(ctx, t, all, now); err != nil {
			return err
		}
	}
	if needs(all, "words") {
		r, err := readRule("missing_words")
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, r.repair); err != nil {
			return fmt.Errorf("search index: %w", err)
		}
	}
	return nil
}

// settleRows repairs by rules and removes what dangles until nothing is left to
// do: what is removed may leave others alone. Beside a daemon only the rules that
// are wanted run.
func settleRows(ctx context.Context, t *sql.Tx, all []Finding, now time.Time) error {
	wanted := func(name string) bool {
		return slices.ContainsFunc(all, func(f Finding) bool { return f.alone || f.how.name == name })
	}
	for range 10 {
		lost, err := orphans(ctx, t, now)
		if err != nil {
			return err
		}
		changed := false
		for _, o := range lost {
			r, err := readRule(o.Rule)
			if err != nil {
				return err
			}
			if r.repair == "" || strings.HasSuffix(o.Rule, "_words") || !wanted(o.Rule) {
				continue
			}
			if _, err := t.ExecContext(ctx, r.repair, millis(now)); err != nil {
				return fmt.Errorf("%s: %w", o.Rule, err)
			}
			changed = true
		}
		if needs(all, "keys") || needs(all, "rule") && slices.ContainsFunc(all, func(f Finding) bool { return f.alone }) {
			removed, err := removeDangling(ctx, t)
			if err != nil {
				return err
			}
			changed = changed || removed
		}
		if !changed {
			return nil
		}
	}
	return errors.New("rows contradict each other still after ten rounds; restore a backup")
}

// removeDangling removes rows whose parent is not there. Every parent of ours has
// the key id.
func removeDangling(ctx context.Context, t *sql.Tx) (removed bool, err error) {
	found, err := dangling(ctx, t)
	if err != nil {
		return false, err
	}
	for _, d := range found {
		columns, err := texts(ctx, t, `SELECT "from" FROM pragma_foreign_key_list(?) WHERE "table" = ?`, d.Table, d.Parent)
		if err != nil {
			return false, err
		}
		for _, column := range columns {
			query := fmt.Sprintf("DELETE FROM %s WHERE %s IS NOT NULL AND %[2]s NOT IN (SELECT id FROM %s)", quote(d.Table), quote(column), quote(d.Parent))
			if _, err := t.ExecContext(ctx, query); err != nil {
				return false, fmt.Errorf("remove from %s: %w", d.Table, err)
			}
		}
	}
	return len(found) > 0, nil
}

// makeObjects makes indexes and views again that are not as this version makes
// them.
func makeObjects(ctx context.Context, t *sql.Tx) error {
	d, err := compareSchema(ctx, t)
	if err != nil {
		return err
	}
	for _, name := range d.others {
		o := d.ours[name]
		if _, err := t.ExecContext(ctx, fmt.Sprintf("DROP %s IF EXISTS %s; %s", o.kind, quote(name), o.sql)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// quote makes a name safe to stand in a statement.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// indexAll makes the search index of all that it lacks.
func indexAll(ctx context.Context, name string, now time.Time) (err error) {
	st, err := Open(ctx, name, "", now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	for more := true; more && err == nil; {
		more, err = st.IndexWords(ctx)
	}
	return err
}

// GiveToOwner gives the files beside a database to whom the database belongs,
// which only root can if they are another's.
func GiveToOwner(name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	user, group := owner(info)
	for _, end := range []string{"-wal", "-shm", ".lock", ".pid"} {
		beside, err := os.Stat(name + end)
		if err != nil {
			continue // it is not there
		}
		if other, _ := owner(beside); other == user {
			continue
		}
		if err := os.Chown(name+end, user, group); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("give %s to the owner of the database: %w", name+end, err)
		}
	}
	return nil
}

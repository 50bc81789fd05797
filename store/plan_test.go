package store

// A planStep is one of those by which SQLite answers a query.
type planStep struct {
	id, parent int // a step without a parent is the query's own
	says       string
}

// plan returns the steps of a query, in their order.
func (w *world) plan(query string, args ...any) (all []planStep) {
	w.t.Helper()
	rows, err := w.reader.Query("EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		var s planStep
		var unused int
		if err := rows.Scan(&s.id, &s.parent, &unused, &s.says); err != nil {
			w.t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
	return all
}

// planOf returns the steps of one of our statements.
func (w *world) planOf(name string, args ...any) []planStep {
	w.t.Helper()
	text, err := statements.ReadFile("sql/" + name + ".sql")
	if err != nil {
		w.t.Fatal(err)
	}
	return w.plan(string(text), args...)
}

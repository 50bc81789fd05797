package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// asked are the metrics that an expression asks for.
var asked = regexp.MustCompile(`\bnewswired_[a-z_]+|\b(?:go|process)_[a-z_]+`)

// checkMonitoring checks that all that dashboard and alerts ask for is there.
func (r *hubRig) checkMonitoring(told samples) {
	names := make(map[string]bool)
	for name := range told {
		name, _, _ = strings.Cut(name, "{")
		names[name] = true
	}
	for _, file := range []string{"newswired.rules.yml", "newswired-dashboard.json"} {
		text, err := os.ReadFile(filepath.Join("monitoring", file))
		if err != nil {
			r.t.Fatal(err)
		}
		found := 0
		for _, name := range asked.FindAllString(string(text), -1) {
			found++
			if !names[name] {
				r.t.Errorf("%s: there is no metric %s", file, name)
			}
		}
		if found < 6 {
			r.t.Errorf("%s: only %d metrics found", file, found)
		}
	}
}

// The dashboard is what Grafana reads: panels in the grid that do not overlap, each
// with a title, a description and something to ask the data source that is chosen.
func TestDashboard(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("monitoring", "newswired-dashboard.json"))
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Title, UID    string
		SchemaVersion int
		Panels        []struct {
			ID                       int
			Type, Title, Description string
			GridPos                  struct{ H, W, X, Y int }
			Datasource               struct{ Type, UID string }
			FieldConfig              struct{ Defaults struct{ Unit string } }
			Targets                  []struct{ Expr, RefID string }
		}
	}
	if err := json.Unmarshal(text, &board); err != nil {
		t.Fatal(err)
	}
	if board.Title == "" || board.UID == "" || board.SchemaVersion < 36 || len(board.Panels) < 8 {
		t.Errorf("%s, %s, schema %d, %d panels", board.Title, board.UID, board.SchemaVersion, len(board.Panels))
	}
	taken, ids := make(map[[2]int]string), make(map[int]bool)
	for _, p := range board.Panels {
		if p.Title == "" || ids[p.ID] || p.GridPos.X+p.GridPos.W > 24 || p.GridPos.H == 0 || p.GridPos.W == 0 {
			t.Errorf("panel %d %q: %+v", p.ID, p.Title, p.GridPos)
		}
		ids[p.ID] = true
		if p.Type != "row" && (p.Description == "" || p.Datasource.UID != "${datasource}" || p.FieldConfig.Defaults.Unit == "" || len(p.Targets) == 0) {
			t.Errorf("panel %q: %+v", p.Title, p)
		}
		for _, target := range p.Targets {
			if target.Expr == "" || target.RefID == "" {
				t.Errorf("panel %q asks %+v", p.Title, target)
			}
		}
		for x := p.GridPos.X; x < p.GridPos.X+p.GridPos.W; x++ {
			for y := p.GridPos.Y; y < p.GridPos.Y+p.GridPos.H; y++ {
				if other := taken[[2]int{x, y}]; other != "" {
					t.Fatalf("%q lies on %q", p.Title, other)
				}
				taken[[2]int{x, y}] = p.Title
			}
		}
	}
}

// What promtool says of the alerts, if it is there: that they can be read, and that
// each fires when it ought to and not before.
func TestAlertRules(t *testing.T) {
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("no promtool there")
	}
	for _, args := range [][]string{{"check", "rules", "newswired.rules.yml"}, {"test", "rules", "newswired.rules.test.yml"}} {
		cmd := exec.Command(promtool, args...)
		cmd.Dir = "monitoring"
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}

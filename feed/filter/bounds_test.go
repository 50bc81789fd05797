package filter

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// The dearest expressions that are allowed still end soon, on a Story of three
// full texts.
func TestDearestExpressions(t *testing.T) {
	numbers := make([]string, 200)
	for i := range numbers {
		numbers[i] = fmt.Sprint(i)
	}
	list := "[" + strings.Join(numbers, ", ") + "]"
	s := Prepare(long("<p>In the end nothing happened.</p>"))
	for name, expression := range map[string]string{
		"loops":    fmt.Sprintf("all(%s, none(%s, # + 1000 == 1))", list, list),
		"patterns": "not (" + strings.Repeat(`text matches "(?i)(a|b|c)*(x+x+)+y" or `, 150) + "false)",
		"mentions": fmt.Sprintf("none(%s, none(outlets, mentions(#)) and words < 0)", list),
		"texts":    fmt.Sprintf(`none(%s, string(#) + lower(text) == "")`, list),
	} {
		f, err := Compile(expression)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		begun := time.Now()
		v := f.Judge(s)
		took := time.Since(begun)
		t.Logf("%-9s %v %.40s", name, took, v.Reason)
		if !v.Passes || took > 20*time.Second {
			t.Errorf("%s: %v %.80s", name, took, v.Reason)
		}
	}
}

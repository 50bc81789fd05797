package feed

import (
	"fmt"
	"strings"
)

// String tells people what two Articles have in common.
func (e Evidence) String() string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	switch {
	case e.SameTitle:
		add("same headline")
	case e.Title > 0:
		add("%.0f %% of the headlines", 100*e.Title)
	}
	if e.Words > 0 {
		add("%.0f %% of the texts in the same words, %.0f %% of the shorter", 100*e.Words, 100*e.Contained)
	}
	if e.Figures > 0 {
		add("%s", Counted(e.Figures, "figure"))
	}
	if e.OtherFigures {
		add("other figures in the headline")
	}
	if e.OtherDay {
		add("other days")
	}
	if minutes := int(e.Hours * 60); minutes > 0 {
		add("%d:%02d h apart", minutes/60, minutes%60)
	}
	return strings.Join(parts, ", ")
}

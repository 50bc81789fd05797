package web

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// A chart is a small drawing with what it says in words. It is as wide as the page,
// stretched without regard for its height, and hence has no letters in it: those
// stand beside it.
type chart struct {
	ID, Title, Says string // Says tells it in words
	Kind            string // for the style sheet
	Width           int    // of the drawing, in its own units; it is chartHeight high
	Lines           []line
	Scale           []string // what heights mean, the highest first
	First, Last     stamp    // what the ends of the width mean
}

// A line is a path of a chart.
type line struct {
	Class string
	Path  string
}

// chartHeight is how high a drawing is, in its own units.
const chartHeight = 100

// bars draws a bar for each value, one unit wide with a gap beside it, of the whole
// height for the highest. What is not 0 can be seen.
func bars(values []int, most int) string {
	var b strings.Builder
	for i, n := range values {
		if n > 0 {
			fmt.Fprintf(&b, "M%d %dv-%d", 10*i+5, chartHeight, max(2, n*chartHeight/max(most, 1)))
		}
	}
	return b.String()
}

// The chart of times is logarithmic, from 10 ms to 100 s: one that showed both on an
// even scale would show the slowest alone.
const (
	fastest = 10 * time.Millisecond
	decades = 4
)

// curve draws values that follow each other, with a gap where there is none.
func curve(values []time.Duration) string {
	var b strings.Builder
	pen := "M"
	for i, d := range values {
		if d == 0 {
			pen = "M"
			continue
		}
		height := math.Log10(float64(d)/float64(fastest)) / decades * chartHeight
		y := chartHeight - int(min(max(height, 1), chartHeight-1))
		fmt.Fprintf(&b, "%s%d %d", pen, 10*i+5, y)
		if pen == "M" {
			b.WriteString("h1") // a point by itself is to be seen, too
		}
		pen = "L"
	}
	return b.String()
}

// spark draws the bars of a Source.
func spark(values []int) string {
	if len(values) == 0 {
		return ""
	}
	return bars(values, values[highest(values)])
}

// highest returns the index of the highest of some values, the first such.
func highest[T cmp.Ordered](values []T) int {
	top := 0
	for i, v := range values {
		if v > values[top] {
			top = i
		}
	}
	return top
}

// scale tells what the height of bars means.
func scale(most int) []string {
	if most == 0 {
		return []string{"", "0"}
	}
	return []string{strconv.Itoa(most), "0"}
}

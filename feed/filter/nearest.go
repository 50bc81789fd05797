package filter

import "strings"

// Nearest returns the one of the known names that was probably meant by a word,
// "" if none is near: at most a third of the letters differ, or one of a
// short word. Letters that changed places count once.
func Nearest(word string, known []string) string {
	best, least := "", nearEnough(len([]rune(word)))
	for _, name := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

// nearEnough returns the distance that is too far for a word of n letters: a
// single letter is near to nothing, a short word may have one slip.
func nearEnough(n int) int { return min(n, max(2, n/3+1)) }

// distance is the number of letters to insert, drop, change or swap with their
// neighbour to make b of a (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := [3][]int{make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)}
	before, last, row := rows[0], rows[1], rows[2]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}

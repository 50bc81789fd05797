package feed

import "strings"

// days is a set of the days that a text names: bits 1 to 31 are days of a
// month, weekdays follow from bit 32.
type days uint64

const (
	monthDays days = 1<<32 - 1
	weekdays       = ^monthDays
)

// daysOf returns the days that a list of units names: Dec. 29, 29 December,
// 29일, 29日, Monday.
func daysOf(list []unit) days {
	var set days
	for i, u := range list {
		switch u.kind {
		case word:
			if d, ok := weekdayNames[u.hash]; ok {
				set |= 1 << (32 + d)
			} else if monthNames[u.hash] {
				set |= dayAt(list, i+1) | dayAt(list, i-1)
			}
		case character:
			if (u.char == '일' || u.char == '日') && !lasting(list, i+1) {
				set |= dayAt(list, i-1)
			}
		}
	}
	return set
}

// dayAt returns the number at an index as a day of a month.
func dayAt(list []unit, i int) days {
	if i < 0 || i >= len(list) || list[i].kind != number || len(list[i].text) > 2 {
		return 0
	}
	n := 0
	for _, c := range list[i].text {
		if c < '0' || c > '9' {
			return 0
		}
		n = 10*n + int(c-'0')
	}
	if n < 1 || n > 31 {
		return 0
	}
	return 1 << n
}

// lasting reports whether the character at an index makes 29일 a time that
// something lasted: 29일간, 29일째, 29일 만에.
func lasting(list []unit, i int) bool {
	return i < len(list) && strings.ContainsRune("간째만間", list[i].char)
}

// weekdayNames are by their hashes the days of the week, Monday being 0, and what
// wires make of them; "sun" and "sat" are words of their own.
var weekdayNames = func() map[uint32]int {
	m := make(map[uint32]int)
	for i, w := range strings.Fields("monday tuesday wednesday thursday friday saturday sunday") {
		m[hashText(w)] = i
		m[hashText(w[:3])] = i
	}
	delete(m, hashText("sun"))
	delete(m, hashText("sat"))
	m[hashText("tues")], m[hashText("thurs")] = 1, 3
	return m
}()

// monthNames are by their hashes the months, in full and as wires shorten them.
var monthNames = func() map[uint32]bool {
	m := make(map[uint32]bool)
	for _, w := range strings.Fields("january february march april may june july august september october november december sept") {
		m[hashText(w)] = true
		m[hashText(w[:3])] = true
	}
	return m
}()

package date

import (
	"strings"
	"unicode/utf8"
)

// asian reads a word in letters beyond ASCII: the half of the day, if it is that.
func (d *dateReader) asian() {
	rest := d.text[d.pos:]
	for word, half := range halves {
		if strings.HasPrefix(rest, word) {
			d.half = half
			d.pos += len(word)
			return
		}
	}
	_, n := utf8.DecodeRuneInString(rest)
	d.pos += n
}

// halves are the words for a.m. and p.m. in Korean, Chinese and Japanese, which
// stand before the hour.
var halves = map[string]byte{"오전": 'a', "오후": 'p', "上午": 'a', "下午": 'p', "午前": 'a', "午後": 'p'}

// word reads the name of a month, half of the day or zone; others are ignored,
// weekdays too, since wrong ones are common.
func (d *dateReader) word() {
	start := d.pos
	for letter(d.at(d.pos)) {
		d.pos++
	}
	word := strings.ToLower(d.text[start:d.pos])
	if (word == "a" || word == "p") && strings.HasPrefix(strings.ToLower(d.text[d.pos:]), ".m") {
		word += "m"
		d.pos += len(".m")
	}
	switch m := monthOf(word); {
	case m > 0 && d.month == 0:
		d.month = m
	case word == "am", word == "pm":
		d.half = word[0]
		if !d.timed && d.count > 0 { // "3 PM"
			d.count--
			d.hour, d.timed = d.nums[d.count].value, true
		}
	case word == "z", word == "ut", word == "utc", word == "gmt":
		d.zone, d.zoned = "UTC", true
	case d.zone == "":
		if _, known := zones[word]; known {
			d.zone = strings.ToUpper(word)
		}
	}
}

// months are known by any beginning of their names.
var months = strings.Fields("january february march april may june july august september october november december")

// monthOf returns the month whose English name begins with word, 0 if none does
// or if there are fewer than three letters. "Sept" is how the Associated Press
// has it; all other abbreviations are beginnings.
func monthOf(word string) int {
	if len(word) < 3 {
		return 0
	}
	if word == "sept" {
		return 9
	}
	for i, name := range months {
		if strings.HasPrefix(name, word) {
			return i + 1
		}
	}
	return 0
}

// readOffset reads +0900, +09:00, +9 or -3, also after GMT or UTC. An offset
// that follows one already read is taken for a part of a zone's name.
func (d *dateReader) readOffset() {
	sign := 1
	if d.text[d.pos] == '-' {
		sign = -1
	}
	d.pos++
	hours, digits := d.run()
	minutes := 0
	if digits > 2 {
		hours, minutes = hours/100, hours%100
	} else if d.at(d.pos) == ':' {
		d.pos++
		minutes, _ = d.run()
	}
	if d.zoned && d.zone != "UTC" || hours > 15 || minutes > 59 {
		return
	}
	d.zone, d.zoned = "offset", true
	d.offset = sign * (hours*3600 + minutes*60)
}

// Package date reads dates as feeds and web pages write them: in many languages
// and orders, with and without a zone, misspelt. It knows no clock, no zone of the
// machine, and reports what it cannot read instead of an error.
//
// Begin with Parse. A dateReader first takes the text apart into numbers, names
// and signs, in date.go and for words in words.go; resolve.go then looks which of
// the numbers are day, month and year, and makes an instant of them.
package date

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Parse reads a date in any form that feeds are known to write, and
// reports whether it could. A date without a zone is in zone, nil being UTC.
// The result is in UTC and depends on the arguments alone: time.Parse would
// ask the machine what KST means.
//
// It takes the text apart into numbers, names and signs, and looks what can be
// made of them, so that the order hardly matters:
//
//	Tue, 09 Feb 2021 15:22:43 +0900   RFC 822 and its many misspellings
//	2021-02-09T15:22:43.123+09:00     RFC 3339, ISO 8601
//	20241204013739                    Yonhap
//	2021.02.09 15:22, 2021년 2월 9일 오후 3:22, 09 2월 2021
//	Tue Feb 09 15:22:43 KST 2021      Java, C
//	1612851763, 1612851763000         seconds, milliseconds since 1970
//	02/09/2021                        the reading nearest before fetched;
//	                                  month first if fetched is zero
//
// Hour 24 is the next day's midnight and second 60 the next minute. What was
// never a day, such as 30 February, is not a date.
func Parse(text string, zone *time.Location, fetched time.Time) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if len(text) < 6 || len(text) > 100 {
		return time.Time{}, false
	}
	if t, ok := epoch(text); ok {
		return t, true
	}
	if zone == nil {
		zone = time.UTC
	}
	d := dateReader{text: text}
	d.read()
	return d.resolve(zone, fetched)
}

// epoch reads a count of seconds, milliseconds or microseconds since 1970; the
// number of digits tells, from 1973 to 2286.
func epoch(text string) (time.Time, bool) {
	n := int64(0)
	for i := range len(text) {
		if !digit(text[i]) || i > 16 {
			return time.Time{}, false
		}
		n = n*10 + int64(text[i]-'0')
	}
	switch len(text) {
	case 9, 10:
		return time.Unix(n, 0).UTC(), true
	case 13:
		return time.UnixMilli(n).UTC(), true
	case 16:
		return time.UnixMicro(n).UTC(), true
	}
	return time.Time{}, false
}

// A dateReader gathers what stands in a date.
type dateReader struct {
	text string
	pos  int

	nums             [4]number // numbers of the day that do not say what they are
	count            int
	year, month, day int // those that do; 0 if none does
	hour, min, sec   int
	nsec             int
	timed            bool   // a time of day was there
	half             byte   // 'a' or 'p' in a time of twelve hours
	zoned            bool   // offset is known
	offset           int    // seconds east of UTC
	zone             string // its name, in capitals; "offset" for a number; "" if none was there
}

// A number is one part of a day.
type number struct {
	value, digits int
	after         byte // the sign that follows
}

// digit reports whether c is one of the digits that dates are written in.
// Arabic and Devanagari digits were met in no feed.
func digit(c byte) bool { return c >= '0' && c <= '9' }

// letter reports whether c is an ASCII letter; those beyond are read by asian.
func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// at returns the byte at i, 0 beyond the end, so that callers may look ahead
// without asking where the text ends.
func (d *dateReader) at(i int) byte {
	if i < len(d.text) {
		return d.text[i]
	}
	return 0
}

// read goes over the text once. What it does not know it steps over: weekdays,
// commas, "Uhr", a zone's name in brackets after an offset.
func (d *dateReader) read() {
	for d.pos < len(d.text) {
		switch c := d.text[d.pos]; {
		case digit(c):
			d.number()
		case (c == '+' || c == '-' && d.timed && d.dated()) && digit(d.at(d.pos+1)):
			d.readOffset()
		case letter(c):
			d.word()
		case c >= utf8.RuneSelf:
			d.asian()
		default:
			d.pos++
		}
	}
}

// dated reports whether there is enough for a day, so that what follows a '-'
// is no part of it.
func (d *dateReader) dated() bool {
	return d.count >= 3 || d.month != 0 && (d.day != 0 || d.count >= 1)
}

// run reads digits, at most nine of which count.
func (d *dateReader) run() (value, digits int) {
	for digit(d.at(d.pos)) {
		if digits < 9 {
			value = value*10 + int(d.text[d.pos]-'0')
		}
		d.pos++
		digits++
	}
	return value, digits
}

// number reads digits and decides by what stands around them: an hour before a
// colon, a whole day without signs, the time in ISO 8601's basic form, a number
// with its unit after it, or one part of a day, about which days decides.
func (d *dateReader) number() {
	start := d.pos
	value, digits := d.run()
	next := d.at(d.pos)
	switch {
	case (next == ':' || next == 'h') && digits <= 2 && digit(d.at(d.pos+1)) && !d.timed:
		d.clock(value)
	case digits >= 8 && digits%2 == 0 && digits <= 14 && d.year == 0:
		d.compact(d.text[start:d.pos])
	case start > 1 && d.text[start-1]|0x20 == 't' && digit(d.text[start-2]) && digits%2 == 0 && digits <= 6 && !d.timed:
		d.compactClock(d.text[start:d.pos]) // ISO 8601, basic form
	case d.suffix(value):
	case d.count < len(d.nums):
		d.nums[d.count] = number{value, digits, next}
		d.count++
	}
}

// clock reads what follows the hour of a time: minutes, seconds, fraction.
func (d *dateReader) clock(hour int) {
	d.hour, d.timed = hour, true
	d.pos++
	d.min, _ = d.run()
	if d.at(d.pos) == ':' && digit(d.at(d.pos+1)) {
		d.pos++
		d.sec, _ = d.run()
	}
	if c := d.at(d.pos); (c == '.' || c == ',') && digit(d.at(d.pos+1)) {
		d.pos++
		value, digits := d.run()
		for ; digits < 9; digits++ {
			value *= 10
		}
		d.nsec = value
	}
}

// compact reads yyyymmdd, with hhmm or hhmmss after it.
func (d *dateReader) compact(s string) {
	d.year, d.month, d.day = atoi(s[:4]), atoi(s[4:6]), atoi(s[6:8])
	if len(s) > 8 {
		d.compactClock(s[8:])
	}
}

// compactClock reads hh, hhmm or hhmmss.
func (d *dateReader) compactClock(s string) {
	d.timed = true
	d.hour = atoi(s[:2])
	if len(s) >= 4 {
		d.min = atoi(s[2:4])
	}
	if len(s) >= 6 {
		d.sec = atoi(s[4:6])
	}
}

// atoi reads a few digits.
func atoi(s string) (n int) {
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// suffix takes the number just read for what the Korean, Chinese or Japanese
// word after it says.
func (d *dateReader) suffix(value int) bool {
	rest := strings.TrimLeft(d.text[d.pos:], " ")
	r, n := utf8.DecodeRuneInString(rest)
	switch r {
	case '년', '年':
		d.year = century(value, 0)
	case '월', '月':
		d.month = value
	case '일', '日', '号', '號':
		d.day = value
	case '시', '時', '时', '点':
		d.hour, d.timed = value, true
	case '분', '分':
		d.min = value
	case '초', '秒':
		d.sec = value
	default:
		return false
	}
	d.pos = len(d.text) - len(rest) + n
	return true
}

package page

import (
	_ "embed"
	"html"
	"strings"
	"unicode/utf8"
)

// furnitureText says by which lines outlets prompt their readers, or part what
// follows from the article. The file tells how it is to be read.
//
//go:embed furniture.txt
var furnitureText string

// A lineRow is a section of it.
type lineRow struct {
	language string
	how      lineHow
	lines    []string // in lower case
}

// A lineHow says where a line must stand.
type lineHow string

const (
	whole   lineHow = "whole"
	begins  lineHow = "begins"
	holds   lineHow = "holds"
	closing lineHow = "closing"
	offered lineHow = "offer"
)

var (
	// The file by its sections, and by where a line must stand: what a line must be
	// as a whole is looked up, the others are gone through.
	lineRows                          []lineRow
	wholeLines                        = map[string]lineHow{}
	beginLines, holdLines, offerLines []string
)

// init reads the file. Its first line that is no remark has to begin a section:
// the file is ours, so that anything else is a fault to be found by any test.
func init() {
	for line := range strings.Lines(furnitureText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "", line[0] == '#':
		case line[0] == '[' && strings.HasSuffix(line, "]") && strings.Count(line, " ") == 1:
			language, how, _ := strings.Cut(strings.Trim(line, "[]"), " ")
			lineRows = append(lineRows, lineRow{language: language, how: lineHow(how)})
		default:
			row := &lineRows[len(lineRows)-1]
			row.lines = append(row.lines, line)
		}
	}
	for _, row := range lineRows {
		switch row.how {
		case whole, closing:
			for _, line := range row.lines {
				wholeLines[line] = row.how
			}
		case begins:
			beginLines = append(beginLines, row.lines...)
		case holds:
			holdLines = append(holdLines, row.lines...)
		case offered:
			offerLines = append(offerLines, row.lines...)
		}
	}
}

// maxPrompt is how many characters a line may have that only begins like a
// prompt: what is longer is a paragraph.
const maxPrompt = 160

// fateOf decides about a line by what it says.
func fateOf(line string) fate {
	if len(line) > 4*maxPrompt || utf8.RuneCountInString(line) > maxPrompt {
		return stays
	}
	lower := strings.ToLower(strings.ReplaceAll(line, "’", "'"))
	bare := strings.Trim(lower, " .:：!…|/·-–—*#>()[]▶▷■◆▲▼☞※")
	if bare == "" {
		return goes
	}
	if how, ok := wholeLines[bare]; ok {
		if how == closing {
			return endsHere
		}
		return goes
	}
	for _, start := range beginLines {
		if rest, ok := strings.CutPrefix(lower, start); ok && wordEnds(start, rest) && promptLike(lower, start) {
			return goes
		}
		if rest, ok := strings.CutPrefix(bare, start); ok && wordEnds(start, rest) && promptLike(lower, start) {
			return goes
		}
	}
	for _, part := range holdLines {
		if strings.Contains(lower, part) {
			return goes
		}
	}
	return stays
}

// wordEnds reports whether a word ends between two texts; "follow-up" is one.
func wordEnds(before, after string) bool {
	if after == "" {
		return true
	}
	last, first := before[len(before)-1], after[0]
	if last >= utf8.RuneSelf || last|0x20 < 'a' || last|0x20 > 'z' {
		return true
	}
	return first >= utf8.RuneSelf || strings.IndexByte(" :.,!@&|", first) >= 0
}

// promptLike tells a prompt from a sentence that begins with the same word:
// single words prompt only where the line is short.
func promptLike(line, start string) bool {
	if strings.ContainsAny(start, " :") || start[0] >= utf8.RuneSelf {
		return true
	}
	return len(line) < 40
}

// escape writes text as HTML.
func escape(text string) string { return html.EscapeString(text) }

// withoutFurnitureLines drops the lines of a block that are furniture.
func withoutFurnitureLines(b *block) (text, markup string) {
	if b.kind != paragraph || !strings.Contains(b.text, "\n") {
		return b.text, b.html
	}
	texts, markups := strings.Split(b.text, "\n"), strings.Split(b.html, "<br>")
	if len(texts) != len(markups) {
		return b.text, b.html
	}
	var keptText, keptHTML []string
	for i := range texts {
		if fateOf(texts[i]) == stays {
			keptText, keptHTML = append(keptText, texts[i]), append(keptHTML, markups[i])
		}
	}
	return strings.Join(keptText, "\n"), strings.Join(keptHTML, "<br>")
}

// offerIn returns the words by which a text offers the rest for sale, "" if it
// does not.
func offerIn(text string) string {
	if len(text) > 4*maxPrompt {
		return ""
	}
	lower := strings.ToLower(text)
	for _, line := range offerLines {
		if strings.Contains(lower, line) {
			return line
		}
	}
	return ""
}

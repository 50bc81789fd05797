package feed

// A Ruling is what a person says about two pages, and overrules the machine for
// good: that they tell the same report, or that they don't.
type Ruling struct {
	URL, Other string // of the pages, as a person gave them
	Same       bool   // true: one report
}

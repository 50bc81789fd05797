package feed

// A Ruling is what a person says about two pages, and overrules the machine for
// good: that they tell the same report, or that they don't.
type Ruling struct {
	URL, Other string
	Same       bool
}

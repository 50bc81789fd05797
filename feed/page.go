package feed

import "time"

// A Page is what the web page of an Article says. All text is valid UTF-8
// without control characters; URLs are absolute http or https.
type Page struct {
	URL       string    // where it was read, after redirects
	Link      string    // canonical, by its own word; "" if it says none
	Title     string    // headline on one line, without the outlet's name
	Authors   []Person  // who signs it; an agency is a Credit, not an author
	Outlet    string    // who publishes it, by its own word; "" if it says none
	Credit    Credit    // the agency that its text names as its origin
	Published time.Time // zero if it says nothing that can be read
	Updated   time.Time // likewise
	Picture   Picture   // the one that leads it; zero if there is none
	Text      string    // plain, without furniture; an empty line between paragraphs
	Content   string    // the same as HTML, reduced to what carries meaning, not sanitised
	Language  string    // BCP 47; "" if unknown
	Section   string    // of the outlet; "" if it says none
	Keywords  []string  // in the page's order, each once
}

// A Picture is a photograph or drawing with what stands under it.
type Picture struct {
	URL     string `json:"url"`
	Caption string `json:"caption,omitempty"` // on one line, without the credit
	Credit  string `json:"credit,omitempty"`  // who made it: "Reuters-Yonhap"; says nothing of the text's origin
}

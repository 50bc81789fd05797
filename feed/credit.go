package feed

import "strings"

// A Credit names the agency that an Article's text gives as its origin. The
// zero value says that it names none.
type Credit struct {
	Agency string // by the name that AgencyOf gives it: Yonhap, AP, Reuters ...
	Text   string // as published: "(Yonhap)", "(서울=연합뉴스)", "By Yonhap"
	Place  string // of the dateline: "SEOUL", "서울"; "" if there is none
}

// ReadCredit returns the agency that an Article names as its origin: in the
// dateline or at the end of its summary, else of its content, else as its
// author, else as the feed it was taken from (RSS <source>), else in its
// title. The credit of a photograph is none, nor is a mention in a sentence.
func ReadCredit(a *Article) Credit { return creditBeside(a, "", ReadHeadline(a.Title)) }

// creditBeside does the same where its headline and a text of the Article were
// read already: that which says more.
func creditBeside(a *Article, read string, h Headline) Credit {
	if a.Summary != read {
		if c := ReadBody(a.Summary).Credit; c.Agency != "" {
			return c
		}
	}
	if a.Content != "" && (read == "" || len(a.Content) > leadBytes) {
		if c := ReadBody(Plain(bothEnds(a.Content))).Credit; c.Agency != "" {
			return c
		}
	}
	for _, person := range a.Authors {
		name := strings.TrimSpace(person.Name)
		if agency := AgencyOf(strings.TrimPrefix(name, "By ")); agency != "" {
			return Credit{Agency: agency, Text: name}
		}
	}
	if agency := AgencyOf(a.Origin.Title); agency != "" {
		return Credit{Agency: agency, Text: a.Origin.Title}
	}
	if h.Agency != "" {
		return Credit{Agency: h.Agency, Text: h.Agency}
	}
	return Credit{}
}

// bothEnds returns the ends of a long HTML fragment, where credits stand.
func bothEnds(fragment string) string {
	const lead, tail = 4096, 2048
	if len(fragment) <= lead+tail {
		return fragment
	}
	// Cut at a tag or a space, where neither a word nor a character is cut.
	head := fragment[:strings.LastIndexAny(fragment[:lead], "< ")+1]
	rest := fragment[len(fragment)-tail:]
	rest = rest[strings.IndexAny(rest, "< ")+1:]
	if i := strings.IndexByte(rest, '<'); i >= 0 {
		rest = rest[i:]
	}
	return strings.TrimSuffix(head, "<") + " " + strings.ToValidUTF8(rest, "")
}

// AgencyOf returns the agency to which an outlet of this name belongs, or which
// signs by it, in letters of any case; "" if none. An agency's broadcaster
// belongs to it: two reports of one house are not two origins.
func AgencyOf(outlet string) string {
	outlet = strings.TrimSpace(outlet)
	if row := agencyRowOf(outlet); row != nil {
		return row.Agency
	}
	return ""
}

// agencyRowOf looks a name up, nil if no agency has it. It is asked about every
// pair of brackets at the start of a text, so it does not allocate.
func agencyRowOf(name string) *agencyRow {
	var lower [48]byte
	if len(name) > len(lower) || len(name) < 2 {
		return nil
	}
	for i := range len(name) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	return agencyNames[string(lower[:len(name)])]
}

// signs returns the agency that signs a dateline or the end of a text by a
// name, "" if none does. Names of outlets only do not count: "(Bloomberg News)"
// in a sentence explains who was just named.
func signs(name string) string {
	if row := agencyRowOf(name); row != nil && row.Signs {
		return row.Agency
	}
	return ""
}

// agencyNames has the rows by their names in lower case.
var agencyNames = map[string]*agencyRow{}

// init takes the names from the table, whose order is for people.
func init() {
	for i := range agencyRows {
		agencyNames[strings.ToLower(agencyRows[i].Name)] = &agencyRows[i]
	}
}

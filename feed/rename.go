package feed

// Renamed returns the former names of Sources of a configuration that are known under
// another name, by the new one. A Source is its URL: who is called what nobody was, and
// has the URL of one that nobody has any more under its former name, is that one.
// Known are Sources with name and URL, of those with one URL first the one to be
// taken first.
//
//	known        configuration    is
//	a:1          b:1              a renamed to b
//	a:1 b:2      b:1 a:2          each renamed to the other
//	a:1          b:1 a:2          a renamed to b, and a new one called a
//	a:1 b:2      b:1              b with another URL; a is removed
//	a:1          a:2              a with another URL
func Renamed(known, configured []Source) map[string]string {
	urlOf, named := make(map[string]string, len(known)), make(map[string][]string)
	for _, k := range known {
		urlOf[k.Name] = k.URL
	}
	stay := make(map[string]bool, len(configured))
	for _, s := range configured {
		stay[s.Name] = urlOf[s.Name] == s.URL
	}
	for _, k := range known {
		if !stay[k.Name] {
			named[k.URL] = append(named[k.URL], k.Name)
		}
	}
	former := make(map[string]string)
	for _, s := range configured {
		if free := named[s.URL]; !stay[s.Name] && len(free) > 0 {
			former[s.Name], named[s.URL] = free[0], free[1:]
		}
	}
	return withoutCollisions(former, urlOf)
}

// withoutCollisions leaves out who would take a name that its bearer keeps, until
// there are none.
func withoutCollisions(former, known map[string]string) map[string]string {
	taken := make(map[string]bool, len(former))
	for _, name := range former {
		taken[name] = true
	}
	for again := true; again; {
		again = false
		for name, was := range former {
			if _, borne := known[name]; borne && !taken[name] {
				delete(former, name)
				delete(taken, was)
				again = true
			}
		}
	}
	return former
}

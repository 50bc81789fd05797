package main

import (
	"go.yaml.in/yaml/v4"

	"newswired/feed"
)

// This file reads what the configuration rules about pages.

// mostRuled bounds the pages of one list: every two of them are a pair.
const mostRuled = 50

// ruledExample is what messages show.
const ruledExample = "[[https://a.example/1, https://b.example/2]]"

// rulings reads lists of pages and returns every pair of each. One list of
// pages may stand alone:
//
//	same: [A, B]              A and B
//	same: [[A, B], [C, D]]    A and B; C and D
//	same: [[A, B, C]]         A and B; A and C; B and C
func (r *reader) rulings(n *yaml.Node, same bool) []feed.Ruling {
	groups := r.list(n, ruledExample)
	if len(groups) > 0 && resolve(groups[0]).Kind == yaml.ScalarNode {
		groups = []*yaml.Node{n}
	}
	var all []feed.Ruling
	for _, group := range groups {
		pages, at := r.pages(resolve(group))
		for i := range pages {
			for j := range i {
				all = append(all, r.ruling(pages[j], pages[i], same, at[i]))
			}
		}
	}
	return all
}

// ruling returns a pair in one way of writing, and remembers where it stands.
func (r *reader) ruling(a, b string, same bool, at *yaml.Node) feed.Ruling {
	ruling := feed.Ruling{URL: min(a, b), Other: max(a, b), Same: same}
	if r.ruledAt == nil {
		r.ruledAt = make(map[feed.Ruling]*yaml.Node)
	}
	if r.ruledAt[ruling] == nil {
		r.ruledAt[ruling] = at
	}
	return ruling
}

// pages reads a list of two or more pages and returns them in the form in which
// they are compared, each with its place.
func (r *reader) pages(n *yaml.Node) (pages []string, at []*yaml.Node) {
	items := r.list(n, ruledExample)
	if n.Kind == yaml.SequenceNode && (len(items) < 2 || len(items) > mostRuled) {
		r.wrong(n, "a list of 2 to %d pages is expected here, not of %d; write for example %s", mostRuled, len(items), ruledExample)
		return nil, nil
	}
	seen := make(map[string]*yaml.Node)
	for _, item := range items {
		item = resolve(item)
		text := r.url(item, "https://en.yna.co.kr/view/AEN20260302000100315")
		page := feed.Canonical(text)
		switch first := seen[page]; {
		case text == "": // reported
		case !feed.NamesOnePage(page):
			r.wrong(item, "%q names no single page; write the address of an article", text)
		case first != nil:
			r.wrong(item, "this is the same page as in line %d, tracking and the like aside; remove one", first.Line)
		default:
			seen[page] = item
			pages, at = append(pages, page), append(at, item)
		}
	}
	return pages, at
}

// contradictions reports pages that are ruled to be different and, directly or
// by way of others, the same.
func (r *reader) contradictions(all []feed.Ruling) {
	leader := make(map[string]string) // of a page, another one of its report
	find := func(page string) string {
		for leader[page] != "" {
			page = leader[page]
		}
		return page
	}
	for _, ruling := range all {
		if a, b := find(ruling.URL), find(ruling.Other); ruling.Same && a != b {
			leader[a] = b
		}
	}
	for _, ruling := range all {
		if ruling.Same || find(ruling.URL) != find(ruling.Other) {
			continue
		}
		opposite := ruling
		opposite.Same = true
		if at := r.ruledAt[opposite]; at != nil {
			r.wrong(r.ruledAt[ruling], "%s and %s are ruled to be the same in line %d; remove one of the two", ruling.URL, ruling.Other, at.Line)
		} else {
			r.wrong(r.ruledAt[ruling], "%s and %s are the same by way of other pages under same; remove one of the lists", ruling.URL, ruling.Other)
		}
	}
}

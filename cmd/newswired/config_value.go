package main

import (
	"fmt"
	"net/mail"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"newswired/feed"
)

// This file reads values that have a form of their own; those that are addresses
// of the network are read in config_address.go.

var (
	// What a name is, and what a dash stands for where one is proposed.
	nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	notName  = regexp.MustCompile(`[^a-z0-9]+`)
)

// name reads the name of a Source or Feed. A Feed's is part of its address.
func (r *reader) name(n *yaml.Node) string {
	name := r.text(n, "yonhap")
	if n.Kind != yaml.ScalarNode || nameForm.MatchString(name) {
		return name
	}
	slug := strings.Trim(notName.ReplaceAllString(strings.ToLower(name), "-"), "-")
	if slug == "" {
		slug = "yonhap"
	}
	r.wrong(n, "a name has only lower-case letters a-z, digits and dashes; write for example %s", slug)
	return name
}

// names reads a list of names of Sources; that they exist is checked later.
func (r *reader) names(n *yaml.Node) []string {
	names := []string{}
	for _, item := range r.list(n, "[yonhap, korea-herald]") {
		if item = resolve(item); item.Kind == yaml.ScalarNode {
			names = append(names, item.Value)
		} else {
			r.wrong(item, "the name of a source is expected here, not %s", kindOf(item))
		}
	}
	return names
}

// access reads the names of credentials that open a Feed. An empty list would
// close it to everybody, or open it, depending on who reads it. What is no name
// may be a secret, and is not repeated.
func (r *reader) access(n *yaml.Node) (names []string, at []place) {
	for _, item := range r.list(n, "[kim, newsroom]") {
		item = resolve(item)
		if item.Kind != yaml.ScalarNode || !nameForm.MatchString(item.Value) {
			r.wrong(item, "the name of a credential is expected here: lower-case letters a-z, digits and dashes; the secret itself stands in the file of that name")
		}
		names, at = append(names, item.Value), append(at, place{item.Line, item.Column})
	}
	if n.Kind == yaml.SequenceNode && len(names) == 0 {
		r.closedTo(n)
	}
	return names, at
}

// closedTo reports access that names nobody, as after the last reader was revoked
// by a # before the line.
func (r *reader) closedTo(n *yaml.Node) {
	r.wrong(n, "the list is empty; remove the key to publish the feed for everybody, or name credentials that open it")
}

// contact reads where the operator can be reached; it stands in a header.
func (r *reader) contact(n *yaml.Node) string {
	text := r.fieldValue(n, "https://example.org/about")
	if _, err := mail.ParseAddress(text); err == nil || text == "" {
		return text
	}
	if u, err := url.Parse(text); err == nil && (u.Host != "" && strings.HasPrefix(u.Scheme, "http") || u.Scheme == "mailto") {
		return text
	}
	r.wrong(n, "%q is neither a URL nor a mail address; write for example https://example.org/about", text)
	return ""
}

// schedule reads when to poll, or that the Source's rhythm decides; how short it may
// be depends on the Source and is checked later.
func (r *reader) schedule(n *yaml.Node) string {
	text := r.text(n, `"@every 10m"`)
	if n.Kind != yaml.ScalarNode {
		return ""
	}
	if _, err := r.check(text); err != nil && text != feed.Auto {
		r.wrong(n, "schedule %q: %v", text, err)
		return ""
	}
	return text
}

// duration reads a Go duration that may also have days and weeks: 1w2d12h.
func (r *reader) duration(n *yaml.Node, example string, least, most time.Duration) time.Duration {
	text := r.text(n, example)
	if n.Kind != yaml.ScalarNode {
		return 0
	}
	d, err := parseDuration(text)
	switch {
	case err != nil:
		r.wrong(n, "%q is not a duration; write a number with a unit, for example %s (units: ms, s, m, h, d, w)", text, example)
	case d < least || d > most:
		r.wrong(n, "%s is out of bounds; write something from %s to %s, for example %s", text, spell(least), spell(most), example)
	default:
		return d
	}
	return 0
}

// longUnits finds the days and weeks that time.ParseDuration does not know.
var longUnits = regexp.MustCompile(`(\d+)([dw])`)

// parseDuration reads what time.ParseDuration does, and days and weeks.
//
//	400d       9600h
//	1w2d12h    228h
//	1.5h       1h30m
//	400        no duration: there is no unit
func parseDuration(text string) (time.Duration, error) {
	tooLong := false
	hours := longUnits.ReplaceAllStringFunc(text, func(part string) string {
		count, err := strconv.Atoi(part[:len(part)-1])
		tooLong = tooLong || err != nil || count > 100_000
		if strings.HasSuffix(part, "w") {
			count *= 7
		}
		return strconv.Itoa(count*24) + "h"
	})
	if tooLong {
		return 0, fmt.Errorf("%s is too long", text)
	}
	return time.ParseDuration(hours)
}

// spell writes a duration as people would in the configuration.
func spell(d time.Duration) string {
	const day = 24 * time.Hour
	if d >= day && d%day == 0 {
		return fmt.Sprintf("%dd", d/day)
	}
	text := d.String() // 1h0m0s
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// sizeForm is a whole number with a unit; twelve digits of GiB are beyond any disk.
var sizeForm = regexp.MustCompile(`^(\d{1,12}) ?(B|[kK]i?B|Mi?B|Gi?B)?$`)

// units are bytes, by their names in capitals.
var units = map[string]int64{
	"": 1, "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KIB": 1 << 10, "MIB": 1 << 20, "GIB": 1 << 30,
}

// size reads a number of bytes. Units of 1000 and of 1024 are told apart as
// IEC 80000-13 does: 1 KB is 1000, 1 KiB is 1024.
func (r *reader) size(n *yaml.Node, example string, least, most int64) int64 {
	text := r.text(n, example)
	if n.Kind != yaml.ScalarNode {
		return 0
	}
	m := sizeForm.FindStringSubmatch(text)
	if m == nil {
		r.wrong(n, "%q is not a size; write for example %s (units: B, KiB, MiB, GiB)", text, example)
		return 0
	}
	count, _ := strconv.ParseInt(m[1], 10, 64) // at most 12 digits
	unit := units[strings.ToUpper(m[2])]
	// Divided, for the product could be more than there are numbers.
	if count < (least+unit-1)/unit || count > most/unit {
		r.wrong(n, "%s is out of bounds; write something from %d KiB to %d MiB, for example %s", text, least>>10, most>>20, example)
		return 0
	}
	return count * unit
}

// command reads a command and its arguments, which no shell takes apart.
func (r *reader) command(n *yaml.Node) []string {
	if n.Kind == yaml.ScalarNode {
		r.wrong(n, "a command is a list of its name and its arguments; write for example [sh, -c, %q]", n.Value)
		return nil
	}
	return r.texts(n, "[/usr/local/bin/tell-me]")
}

package main

import (
	"net/textproto"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // zones on machines that have none

	"go.yaml.in/yaml/v4"
	"golang.org/x/net/http/httpguts"
	"golang.org/x/text/language"

	"newswired/feed/filter"
	"newswired/fetcher/charset"
)

// This file reads values that name something others have registered: time
// zones, languages, charsets, header fields.

// Zones that are likely to be meant; the list serves suggestions only.
var commonZones = strings.Fields(`UTC Asia/Seoul Asia/Tokyo Asia/Pyongyang Asia/Shanghai Asia/Hong_Kong
	Asia/Taipei Asia/Singapore Asia/Kuala_Lumpur Asia/Jakarta Asia/Manila Asia/Bangkok Asia/Ho_Chi_Minh
	Asia/Yangon Asia/Dhaka Asia/Kolkata Asia/Kathmandu Asia/Karachi Asia/Kabul Asia/Tehran Asia/Dubai
	Asia/Riyadh Asia/Qatar Asia/Baghdad Asia/Jerusalem Asia/Beirut Asia/Damascus Asia/Ulaanbaatar Asia/Almaty
	Asia/Vladivostok Europe/Istanbul Europe/Moscow Europe/Kyiv Europe/Athens Europe/Berlin Europe/Paris
	Europe/Madrid Europe/Rome Europe/Vienna Europe/Zurich Europe/Amsterdam Europe/Brussels Europe/Warsaw
	Europe/Stockholm Europe/Helsinki Europe/London Europe/Dublin Europe/Lisbon Africa/Cairo Africa/Johannesburg
	Africa/Lagos Africa/Nairobi America/New_York America/Chicago America/Denver America/Los_Angeles
	America/Toronto America/Vancouver America/Mexico_City America/Bogota America/Lima America/Santiago
	America/Sao_Paulo America/Argentina/Buenos_Aires Pacific/Auckland Pacific/Honolulu Australia/Sydney
	Australia/Melbourne Australia/Perth`)

// Abbreviations that no computer knows for certain.
var abbreviations = map[string]string{
	"KST": "Asia/Seoul", "JST": "Asia/Tokyo", "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong",
	"IST": "Asia/Kolkata", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "EDT": "America/New_York",
	"CST": "America/Chicago", "BST": "Europe/London", "CEST": "Europe/Berlin", "MSK": "Europe/Moscow",
	"AEST": "Australia/Sydney", "GMT+9": "Asia/Seoul", "UTC+9": "Asia/Seoul", "+09:00": "Asia/Seoul",
}

// zone reads the name of a time zone. Abbreviations are refused although some
// are known: CST is Chicago or Shanghai, IST is India, Israel or Ireland.
func (r *reader) zone(n *yaml.Node) *time.Location {
	name := r.text(n, "Asia/Seoul")
	if n.Kind != yaml.ScalarNode {
		return time.UTC
	}
	// "Local" would make the same file mean something else elsewhere.
	if zone, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
		return zone
	}
	if near := nearestZone(name); near != "" {
		r.wrong(n, "unknown time zone %q, did you mean %q?", name, near)
	} else {
		r.wrong(n, "unknown time zone %q; write a name of the IANA database, for example Asia/Seoul", name)
	}
	return time.UTC
}

// nearestZone guesses what was meant, by abbreviation, city or whole name.
//
//	KST           Asia/Seoul
//	seoul         Asia/Seoul
//	Asia/Soul     Asia/Seoul
//	New York      America/New_York
func nearestZone(name string) string {
	if zone := abbreviations[strings.ToUpper(strings.ReplaceAll(name, " ", ""))]; zone != "" {
		return zone
	}
	var cities []string
	for _, zone := range commonZones {
		cities = append(cities, zone[strings.LastIndexByte(zone, '/')+1:])
	}
	city := filter.Nearest(strings.ReplaceAll(name, " ", "_"), cities)
	if i := slices.Index(cities, city); i >= 0 {
		return commonZones[i]
	}
	return filter.Nearest(name, commonZones)
}

// language reads a BCP 47 tag and returns it in the usual case: en-us is en-US.
func (r *reader) language(n *yaml.Node) string {
	text := r.text(n, "ko")
	if n.Kind != yaml.ScalarNode {
		return ""
	}
	// Countries that are taken for languages; kr is Kanuri.
	countries := map[string]string{"kr": "ko", "jp": "ja", "cn": "zh", "tw": "zh-TW", "us": "en-US", "gb": "en-GB"}
	if meant := countries[strings.ToLower(text)]; meant != "" {
		r.wrong(n, "%q is a country, did you mean the language %q?", text, meant)
		return ""
	}
	tag, err := language.Parse(text)
	if err != nil {
		r.wrong(n, "unknown language %q; write a BCP 47 tag, for example ko or en-GB", text)
		return ""
	}
	return tag.String()
}

// charset reads the label of an encoding.
func (r *reader) charset(n *yaml.Node) string {
	text := strings.ToLower(r.text(n, "euc-kr"))
	if n.Kind != yaml.ScalarNode {
		return text
	}
	if known, ok := charset.Known(text); !ok {
		if near := filter.Nearest(text, known); near != "" {
			r.wrong(n, "unknown charset %q, did you mean %q?", text, near)
		} else {
			r.wrong(n, "unknown charset %q; write for example euc-kr", text)
		}
		return ""
	}
	return text
}

// fieldName reads the name of a header field.
func (r *reader) fieldName(n *yaml.Node, example string) string {
	text := r.text(n, example)
	if n.Kind == yaml.ScalarNode && !httpguts.ValidHeaderFieldName(text) {
		r.wrong(n, "%s is not the name of a header field; write for example %s", kindOf(n), example)
	}
	return textproto.CanonicalMIMEHeaderKey(text)
}

// fieldValue reads what is sent as the value of a header field.
func (r *reader) fieldValue(n *yaml.Node, example string) string {
	text := r.text(n, example)
	if !httpguts.ValidHeaderFieldValue(text) || strings.ContainsFunc(text, func(c rune) bool { return c > 0x7e }) {
		r.wrong(n, "%q cannot be sent in a header; use letters, digits and signs of ASCII only", text)
		return ""
	}
	return text
}

// Fields that are set for every request, or that would break it.
var ownFields = map[string]string{
	"User-Agent": "use the key user_agent", "If-None-Match": "", "If-Modified-Since": "", "If-Match": "",
	"If-Unmodified-Since": "", "If-Range": "", "Range": "", "Host": "", "Accept-Encoding": "", "A-Im": "",
	"Connection": "", "Keep-Alive": "", "Content-Length": "", "Transfer-Encoding": "", "Te": "", "Trailer": "",
	"Upgrade": "", "Expect": "", "Proxy-Authorization": "", "Proxy-Connection": "",
}

// headers reads further fields of a Source's requests. Those that make a poll
// conditional, choose an encoding or keep the connection are ours: set by hand
// they would hide news or make documents unreadable.
func (r *reader) headers(n *yaml.Node) map[string]string {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, "a mapping is expected here, not %s; write for example {Accept-Language: ko}", kindOf(n))
		return nil
	}
	fields := make(map[string]string)
	for k := 0; k+1 < len(n.Content); k += 2 {
		name, value := n.Content[k], resolve(n.Content[k+1])
		field := textproto.CanonicalMIMEHeaderKey(name.Value)
		instead, own := ownFields[field]
		_, twice := fields[field]
		switch {
		case name.Kind != yaml.ScalarNode || !httpguts.ValidHeaderFieldName(name.Value):
			r.wrong(name, "%s is not the name of a header field; write for example Accept-Language", kindOf(name))
		case own && instead != "":
			r.wrong(name, "%s is not set here; %s", field, instead)
		case own:
			r.wrong(name, "%s is managed by newswired itself; remove it", field)
		case twice:
			r.wrong(name, "%s is there already; remove one of the two", field)
		case absent(value):
			r.wrong(value, "%s has no value; write one or remove the field", field)
		default:
			fields[field] = r.fieldValue(value, field+": en")
		}
	}
	return fields
}

package web

import (
	"net/http"
	"testing"
	"time"
)

// TestConditional asks for an Edition in every way that a reader may ask
// whether it has changed. ETAG and GZIP stand for the tags of the two variants.
func TestConditional(t *testing.T) {
	site, _ := newSite(newLibrary())
	const path = "/feeds/korea.atom"
	etag := ask(site, "GET", path).Header.Get("ETag")
	zipped := ask(site, "GET", path, "Accept-Encoding", "gzip").Header.Get("ETag")
	if etag == "" || etag == zipped || etag[0] != '"' {
		t.Fatalf("ETags %s and %s: want two strong ones", etag, zipped)
	}
	date := func(d time.Duration) string { return morning.Add(d).Format(http.TimeFormat) }
	for _, test := range []struct {
		name   string
		fields []string
		want   int
	}{
		{"nothing", nil, 200},
		{"same tag", []string{"If-None-Match", etag}, 304},
		{"weak tag", []string{"If-None-Match", "W/" + etag}, 304},
		{"any", []string{"If-None-Match", "*"}, 304},
		{"in a list", []string{"If-None-Match", `"a", W/"b,c" ,` + etag}, 304},
		{"in a second field", []string{"If-None-Match", `"a"`, "If-None-Match", etag}, 304},
		{"other tag", []string{"If-None-Match", `"a"`}, 200},
		{"within another tag", []string{"If-None-Match", `"` + etag}, 200},
		{"no quotes", []string{"If-None-Match", etag[1 : len(etag)-1]}, 200},
		{"quote never closed", []string{"If-None-Match", `"a`}, 200},
		{"empty", []string{"If-None-Match", ""}, 200},
		{"tag of the other variant", []string{"If-None-Match", zipped}, 200},
		{"gzip", []string{"If-None-Match", zipped, "Accept-Encoding", "gzip"}, 304},
		{"gzip, tag of the other variant", []string{"If-None-Match", etag, "Accept-Encoding", "gzip"}, 200},
		{"same date", []string{"If-Modified-Since", date(0)}, 304},
		{"later", []string{"If-Modified-Since", date(time.Hour)}, 304},
		{"earlier", []string{"If-Modified-Since", date(-time.Second)}, 200},
		{"old form of date", []string{"If-Modified-Since", morning.In(time.FixedZone("GMT", 0)).Format(time.RFC850)}, 304},
		{"C's form of date", []string{"If-Modified-Since", morning.Format(time.ANSIC)}, 304},
		{"not a date", []string{"If-Modified-Since", "yesterday"}, 200},
		{"two dates", []string{"If-Modified-Since", date(0), "If-Modified-Since", date(0)}, 200},
		{"the tag decides: changed", []string{"If-None-Match", `"a"`, "If-Modified-Since", date(0)}, 200},
		{"the tag decides: not changed", []string{"If-None-Match", etag, "If-Modified-Since", date(-time.Hour)}, 304},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			r := ask(site, method, path, test.fields...)
			if r.StatusCode != test.want {
				t.Errorf("%s, %s: status %d, want %d", test.name, method, r.StatusCode, test.want)
			}
			checkAnswer(t, test.name, method, r)
		}
	}
}

// checkAnswer holds what is true of every answer of an Edition.
func checkAnswer(t *testing.T, name, method string, r *http.Response) {
	t.Helper()
	text := body(t, r)
	for _, field := range []string{"ETag", "Last-Modified", "Cache-Control", "Vary", "Access-Control-Allow-Origin", "X-Content-Type-Options"} {
		if r.Header.Get(field) == "" {
			t.Errorf("%s, %s: no %s", name, method, field)
		}
	}
	whole := r.StatusCode == http.StatusOK
	if (text != "") != (whole && method == "GET") {
		t.Errorf("%s, %s: status %d with %d bytes", name, method, r.StatusCode, len(text))
	}
	for _, field := range []string{"Content-Type", "Content-Length"} {
		if (r.Header.Get(field) != "") != whole {
			t.Errorf("%s, %s: status %d with %s %q", name, method, r.StatusCode, field, r.Header.Get(field))
		}
	}
}

func TestPreferred(t *testing.T) {
	for _, test := range []struct {
		fields []string
		want   coding
	}{
		{nil, identity},
		{[]string{""}, identity},
		{[]string{"gzip"}, gzipped},
		{[]string{"GZIP"}, gzipped},
		{[]string{"x-gzip"}, gzipped},
		{[]string{"gzip, deflate, br, zstd"}, zstandard},
		{[]string{"zstd;q=0.5, gzip"}, gzipped},
		{[]string{"zstd;q=0, *"}, gzipped},
		{[]string{"gzip;q=0.5, zstd;q=0.5, identity;q=0.9"}, identity},
		{[]string{"deflate", "gzip"}, gzipped},
		{[]string{"gzip;q=0"}, identity},
		{[]string{"gzip; q=0.000"}, identity},
		{[]string{"gzip;Q=0.001"}, gzipped},
		{[]string{"gzip;q=no"}, identity},
		{[]string{"gzip;q=7"}, identity},
		{[]string{"*"}, gzipped},
		{[]string{"*;q=0"}, identity},
		{[]string{"*, gzip;q=0"}, identity},
		{[]string{"*;q=0, gzip"}, gzipped},
		{[]string{"identity, gzip;q=0.5"}, identity},
		{[]string{"identity;q=0.5, gzip;q=0.5"}, gzipped},
		{[]string{"gzipped, br"}, identity},
	} {
		if got := preferred(test.fields); got != test.want {
			t.Errorf("preferred(%q) = %v", test.fields, got)
		}
	}
}

// FuzzMatches holds that a tag is found in any list that it is put into, and
// that no list of other things has it.
func FuzzMatches(f *testing.F) {
	f.Add(`"a", W/"b,c"`)
	f.Add(`*`)
	f.Add(`W/`)
	f.Fuzz(func(t *testing.T, list string) {
		const etag = `"0123456789-gzip"`
		if !matches(etag+", "+list, etag) {
			t.Errorf("not found at the start of %q", list)
		}
		if matches(list, etag) && list != "*" && !containsAny(list, etag, "*") {
			t.Errorf("found in %q", list)
		}
	})
}

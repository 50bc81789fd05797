package fetcher

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"newswired/feed"
)

// manyArticles writes an RSS Document as newspapers do, with n Articles.
func manyArticles(n int) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Example Times</title><link>https://times.example.com/</link><language>en</language>`)
	for i := range n {
		fmt.Fprintf(&b, `
<item>
	<title>Minister &amp; mayor agree on bridge no. %[1]d over the Han river</title>
	<link>https://times.example.com/news/%[1]d?utm_source=rss</link>
	<guid isPermaLink="false">times-%[1]d</guid>
	<pubDate>Tue, 09 Feb 2021 15:%02[2]d:43 +0900</pubDate>
	<dc:creator>Hong Gildong</dc:creator>
	<category>Politics</category><category>서울</category>
	<media:thumbnail url="https://img.example.com/%[1]d.jpg" width="144" height="81"/>
	<description><![CDATA[<p>The two have agreed after a night of talks, both offices said on Tuesday. 양측은 화요일 합의했다고 밝혔다. <a href="https://times.example.com/news/%[1]d">Read on</a></p>]]></description>
</item>`, i, i%60)
	}
	b.WriteString("\n</channel></rss>\n")
	return []byte(b.String())
}

// BenchmarkParse stands beside gofeed alone on the same Document, as it comes
// and without its search for images; we do more, and must not cost much more.
func BenchmarkParse(b *testing.B) {
	body := manyArticles(50)
	fetched := time.Date(2021, 2, 10, 0, 0, 0, 0, time.UTC)
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(len(body)))
		b.ReportAllocs()
		for b.Loop() {
			if d, err := Parse(body, "application/rss+xml", "https://times.example.com/rss", feed.Source{}, fetched); err != nil || len(d.Articles) != 50 {
				b.Fatal(err)
			}
		}
	})
	b.Run("ours, one item changed", func(b *testing.B) {
		d, err := Parse(body, "application/rss+xml", "https://times.example.com/rss", feed.Source{}, fetched)
		if err != nil {
			b.Fatal(err)
		}
		known := slices.Clone(d.Items[1:])
		slices.Sort(known)
		b.SetBytes(int64(len(body)))
		b.ReportAllocs()
		for b.Loop() {
			d, err := parseChanged(context.Background(), body, "application/rss+xml", "https://times.example.com/rss", feed.Source{}, fetched, feed.State{Items: known})
			if err != nil || len(d.Articles) != 1 || len(d.Unchanged) != 49 {
				b.Fatal(err)
			}
		}
	})
	for name, scan := range map[string]bool{"gofeed": true, "gofeed without images": false} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			p := gofeed.NewParser()
			p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: !scan}
			for b.Loop() {
				if d, err := p.Parse(bytes.NewReader(body)); err != nil || len(d.Items) != 50 {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSplit is the pass that every Document takes, by itself.
func BenchmarkSplit(b *testing.B) {
	body := manyArticles(50)
	root := findRoot(body)
	text := body[root.start:]
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if o := split(text, root); len(o.items) != 50 || !o.certain {
			b.Fatal(len(o.items))
		}
	}
}

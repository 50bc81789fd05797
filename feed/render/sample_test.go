package render

import (
	"time"

	"newswired/feed"
)

// The entries that the tests render. All news in them is made up.

var (
	noon    = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	seoul   = time.FixedZone("KST", 9*60*60)
	channel = Channel{
		Feed: feed.Feed{
			Name:        "korea",
			Title:       "Korea, every wire once",
			Description: "Reports from & about Korea",
			Limit:       100,
		},
		ID:        "tag:news.example.org,2026:7f/feed/korea",
		Self:      "https://news.example.org/feeds/korea.atom",
		Page:      "https://news.example.org/feeds/korea",
		Base:      "https://news.example.org/",
		Generator: "newswired",
		Version:   "1.2.3",
		Updated:   noon,
	}
)

// first is the subscription document of a Feed with archives, hubs, void entries
// and what other newswireds are told, archive one of the others.
func first() Channel {
	c := channel
	c.Instance = "tag:news.example.org,2026:7f/"
	c.Hubs = []string{"https://hub.example.org/?a=1&b=2"}
	c.Former = "https://news.example.org/feeds/korea/archive/7"
	c.Deleted = []feed.Deletion{
		{ID: "tag:news.example.org,2026:7f/entry/9", When: noon.Add(time.Minute).In(seoul), By: "Wire <News>\x00", Comment: "withdrawn by Wire: KILL",
			Story: &feed.Story{Copies: []feed.Copy{{ID: 21, Source: "wire", Outlet: "Wire News Agency", Agency: "Wire", Published: noon,
				Article: feed.Article{Title: "KILL-Ferry", Link: "https://wire.example.com/9", GUID: "9"}}}}},
		{ID: "tag:news.example.org,2026:7f/entry/8", When: noon, Comment: "told in tag:news.example.org,2026:7f/entry/7", In: "tag:news.example.org,2026:7f/entry/7"},
	}
	return c
}

func archive() Channel {
	c := channel
	c.Archive, c.Current = true, "https://news.example.org/feeds/korea"
	c.Former, c.Next = "https://news.example.org/feeds/korea/archive/6", "https://news.example.org/feeds/korea/archive/8"
	return c
}

// rich has everything that an Entry can have, in two languages.
func rich() []feed.Entry {
	return []feed.Entry{{
		ID:        "tag:news.example.org,2026:7f/entry/12",
		Published: noon.Add(-time.Hour),
		Updated:   noon.Add(10 * time.Minute).In(seoul),
		Shown:     1,
		Story: feed.Story{ID: 12, Copies: []feed.Copy{{
			ID: 31, Credit: "Yonhap",
			Article: feed.Article{Title: "Ferry service to Ulleung resumes: Yonhap", Link: "https://herald.example.com/a/1?x=1&y=2",
				Relayed: &feed.Relayed{ID: "tag:west.example,2026:1/article/3", Path: []string{"tag:west.example,2026:1/", "tag:east.example,2026:2/"}}},
			Outlet:    "The Herald & Co.",
			Source:    "herald",
			SourceURL: "https://herald.example.com/rss",
		}, {
			Article: feed.Article{
				GUID:    "AEN1",
				Title:   "(LEAD) Ferry to Ulleung <resumes> after storm, R&D ship waits",
				Link:    "https://wire.example.com/view/AEN1",
				Summary: "Ferries run again.\nThe research ship stays in port.",
				Content: `<p onclick="x()">Ferries run <a href="/map#a">again</a>, said <b>AT&amp;T</b>.</p>` +
					`<script>alert(1)</script><p><a href="javascript:alert(1)">no</a> <img src="//img.example.com/1.jpg" alt="A ferry" width="600">` +
					`<img src="https://count.example.com/p.gif" width="1" height="1"></p><ul><li>one<li>two</ul><iframe src="https://x.example/"></iframe>`,
				Authors:    []feed.Person{{Name: "Kim Min-ji", Email: "kim@wire.example.com", URL: "https://wire.example.com/kim"}, {Name: "Lee Do"}},
				Categories: []string{"National", "Transport & sea"},
				Enclosures: []feed.Enclosure{
					{URL: "https://wire.example.com/a.mp3", Type: "audio/mpeg", Length: 12345},
					{URL: "https://wire.example.com/b.jpg"},
					{URL: "https://wire.example.com/c.mp4", Type: "video/mp4", Length: 5_000_000_000},
				},
				Image:    "https://img.example.com/1.jpg",
				Language: "en",
			},
			Source:    "wire",
			SourceURL: "https://wire.example.com/rss.xml",
			Outlet:    "Wire News Agency",
			Agency:    "Wire",
		}, {
			Article: feed.Article{Title: "울릉도 여객선 운항 재개", Link: "https://times.example.com/울릉도/2"},
			Source:  "times",
			Outlet:  "가나다일보",
		}, {
			Article: feed.Article{Title: "The same again", Link: "https://times.example.com/3"},
			Source:  "times-2",
			Outlet:  "가나다일보",
		}, {
			Article: feed.Article{Title: "No link", Link: "javascript:alert(1)"},
			Outlet:  "Nowhere Post",
		}}},
	}, {
		ID:        "tag:news.example.org,2026:7f/entry/11",
		Published: noon.Add(-2 * time.Hour),
		Updated:   noon.Add(-2 * time.Hour),
		Story: feed.Story{ID: 11, Copies: []feed.Copy{{
			Article: feed.Article{
				Title:    "[속보] 서울 지하철 2호선 운행 재개…\u201c출근길 정상화\u201d",
				Link:     "https://times.example.com/4",
				Summary:  "서울 지하철 2호선이 4일 오전 운행을 재개했다.",
				Content:  "<p>서울 지하철 2호선이 4일 오전 운행을 재개했다.</p>",
				Language: "ko_KR",
			},
			Source:    "times",
			SourceURL: "https://times.example.com/rss",
			Outlet:    "가나다일보",
		}}},
	}}
}

// poor is what careless and hostile publishers make of an Entry.
func poor() []feed.Entry {
	entry := func(id string, c feed.Copy) feed.Entry {
		return feed.Entry{ID: "tag:news.example.org,2026:7f/entry/" + id, Story: feed.Story{Copies: []feed.Copy{c}}}
	}
	all := []feed.Entry{
		entry("1", feed.Copy{}),
		entry("2", feed.Copy{Outlet: "Quiet Post", Article: feed.Article{Summary: "Only a summary, <no> more.\n\nAnd a second line."}}),
		entry("3", feed.Copy{Source: "quiet", Article: feed.Article{
			Title:   "Bell\a and \x1b[31mcolour\ufffe",
			Link:    "javascript:alert(1)",
			Content: "a\vb &#8; ]]> <p>never closed <b>bold <a href='data:text/html,x'>data</a>",
			Authors: []feed.Person{{Email: "not an address"}, {URL: "https://a.example/"}, {Email: "desk@a.example"}},
			Enclosures: []feed.Enclosure{
				{URL: "relative.mp3"}, {URL: "https://a.example/x?y=1", Type: "nonsense", Length: -4},
			},
			Categories: []string{"", " a\nb ", "a b"},
			Image:      "data:image/png;base64,AAAA",
			Language:   "english",
		}}),
		entry("4", feed.Copy{Article: feed.Article{
			Title:   "Only a pixel",
			Link:    "https://a.example/4",
			Content: `<p><img src="https://a.example/p.gif" width=1 height=1> <br></p>`,
		}}),
	}
	for i := range all[1:] {
		all[i+1].Updated = noon.Add(time.Duration(i-9) * time.Minute)
	}
	all[3].Published = time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)
	return all
}

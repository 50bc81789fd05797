package feed

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTemplateStaysApart holds that Articles of one Source that differ only in
// names and figures are as many stories.
func TestTemplateStaysApart(t *testing.T) {
	const articles = 10_000
	room := placeTemplates(1, articles)
	for _, members := range room.members {
		if len(members) > 1 {
			a, b := room.prints[members[0]], room.prints[members[1]]
			together := Alike(a, b, &room.words)
			t.Fatalf("%d stories of %d articles; together: %s", len(room.members), articles, together.Reason())
		}
	}
}

// TestLikenessHasNoAge holds that two Articles are as much alike whether they were
// read when they came or are read again later: who reads an Article again does so by
// the counts of then, which have its own words and those of all its copies.
func TestLikenessHasNoAge(t *testing.T) {
	v := &Vocabulary{}
	wire := text{"Ferry sinks off Mokdo, all 212 rescued", ferry}
	paper := text{wire.title, wire.body + " The mayor of Mokdo met those who came ashore there."}
	early := paper.by(1, 0, v)
	v.Add(early.Fingerprint)
	for i := range 40 {
		v.Add(text{wire.title, wire.body + fmt.Sprintf(" It is the report of paper %d.", i)}.by(2, 0, v).Fingerprint)
	}
	late := paper.by(1, 0, v)
	other := text{wire.title, wire.body + " The owner of the ferry said that its captain had seen no other ship."}.by(3, 0, v)
	if a, b := Alike(early, other, v), Alike(late, other, v); a != b {
		t.Errorf("as it was read at first %s; read again %s", a.Reason(), b.Reason())
	}
}

// placeTemplates places Articles of one template, two a minute, that so many
// Sources publish in turn.
func placeTemplates(sources, articles int) *newsroom {
	r := rand.New(rand.NewPCG(5, uint64(sources)))
	start := time.Date(2026, 11, 19, 0, 0, 0, 0, time.UTC)
	room := newNewsroom()
	for i := range articles {
		x := template(r)
		room.place(int64(i%sources)+1, start.Add(time.Duration(i)*time.Minute/2), x.title, x.body)
	}
	return room
}

// template returns a company's earnings as a wire's machine writes them.
func template(r *rand.Rand) text {
	name := invented(r) + " " + invented(r)
	profit, rise := 10+r.Float64()*900, r.Float64()*40
	return text{
		fmt.Sprintf("%s Q3 net profit up %.1f pct to %.1f bln won", name, rise, profit),
		fmt.Sprintf("%s on Thursday reported its third-quarter net profit of %.1f billion won, up %.1f percent from a year earlier. "+
			"The company said in a regulatory filing that sales rose %.1f percent to %.1f billion won.",
			name, profit, rise, r.Float64()*20, profit*(5+r.Float64())),
	}
}

// invented returns a name of three syllables.
func invented(r *rand.Rand) string {
	const consonants, vowels = "bdfghjklmnprstvwz", "aeiou"
	var b strings.Builder
	for range 3 {
		b.WriteByte(consonants[r.IntN(len(consonants))])
		b.WriteByte(vowels[r.IntN(len(vowels))])
	}
	return strings.ToUpper(b.String()[:1]) + b.String()[1:]
}

// A delivery is a text on its way to a newsroom.
type delivery struct {
	twin
	report int // the number of what it tells
}

// deliveries are some 300 Articles: the lookalikes that papers print too, as
// their wire and ten papers have them.
func deliveries() []delivery {
	var list []delivery
	for i, l := range lookalikes() {
		if l.apart&twoSources == 0 {
			continue
		}
		other := lookalike{report: l.other, edited: "Korado: " + l.other.title, more: l.more}
		for n, x := range []lookalike{l, other} {
			later := float64(n) * l.hours
			list = append(list, delivery{twin{x.report, 1, later}, 2*i + n})
			twins := x.twins()
			for _, name := range slices.Sorted(maps.Keys(twins)) {
				d := delivery{twins[name], 2*i + n}
				d.hours += later
				if d.source == 2 {
					d.source += int64(len(list) % 10)
				}
				list = append(list, d)
			}
		}
	}
	return list
}

// storiesOf places deliveries in an order and returns the pairs that came to
// stand together. The newsroom may have read them all before, in the order of
// the list, and so know which words are rare.
func storiesOf(list []delivery, order []int, taught bool) map[[2]int]bool {
	start := time.Date(2026, 11, 19, 0, 0, 0, 0, time.UTC)
	room := newNewsroom()
	for _, d := range list {
		if taught {
			room.words.Add(d.by(1, 0, &room.words).Fingerprint)
		}
	}
	for _, i := range order {
		d := list[i]
		room.place(d.source, start.Add(time.Duration(d.hours*float64(time.Hour))), d.title, d.body)
	}
	together := map[[2]int]bool{}
	for _, members := range room.members {
		for i, a := range members {
			for _, b := range members[i+1:] {
				x, y := order[a], order[b]
				together[[2]int{min(x, y), max(x, y)}] = true
			}
		}
	}
	return together
}

// TestOrderOfArrival holds that the same Articles make the same stories in
// whatever order they come, but for a share of the pairs: what a word weighs
// depends on what was said before.
func TestOrderOfArrival(t *testing.T) {
	const bound = 0.05 // of the pairs that stand together in either order
	list := deliveries()
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(list[a].hours, list[b].hours) })
	want := storiesOf(list, order, false)
	checkDeliveries(t, list, want)

	r := rand.New(rand.NewPCG(6, 7))
	for range 5 {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		differ, either := difference(want, storiesOf(list, order, false))
		t.Logf("%d of %d pairs differ", differ, either)
		if ratio(differ, either) > bound {
			t.Errorf("%d of %d pairs differ, want at most %.0f %%", differ, either, 100*bound)
		}
	}
}

// difference counts the pairs that stand together in one of two orders only,
// and in either.
func difference(a, b map[[2]int]bool) (differ, either int) {
	both := 0
	for pair := range a {
		if b[pair] {
			both++
		}
	}
	either = len(a) + len(b) - both
	return either - both, either
}

// checkDeliveries holds that the stories are right in the first place: no two
// reports together, and nearly all of one.
func checkDeliveries(t *testing.T, list []delivery, together map[[2]int]bool) {
	t.Helper()
	const least = 0.9
	pairs := 0
	for i, a := range list {
		for j, b := range list[:i] {
			switch {
			case a.report == b.report:
				pairs++
			case together[[2]int{j, i}]:
				t.Errorf("one story of %q and %q", b.title, a.title)
			}
		}
	}
	t.Logf("%d articles, %d of %d pairs together", len(list), len(together), pairs)
	if ratio(len(together), pairs) < least {
		t.Errorf("%d of %d pairs together, want %.0f %%", len(together), pairs, 100*least)
	}
}

// TestOrderOfCorpus holds that real Articles make the same stories in whatever
// order they come, but for a share of the pairs. Who has read nothing before
// learns from the first of them which words are rare, and is less sure.
func TestOrderOfCorpus(t *testing.T) {
	var list []delivery
	for i, a := range readLabelled(t, "ko-multi").articles[:3000] {
		h := fnv.New32a()
		_, _ = h.Write([]byte(a.Outlet))
		list = append(list, delivery{twin{text{a.Title, a.Summary}, int64(h.Sum32()), a.at.Sub(time.Unix(0, 0)).Hours()}, i})
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	r := rand.New(rand.NewPCG(8, 9))
	for _, test := range []struct {
		taught bool
		bound  float64 // of the pairs that stand together in either order
	}{{true, 0.08}, {false, 0.2}} {
		slices.Sort(order)
		want := storiesOf(list, order, test.taught)
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		differ, either := difference(want, storiesOf(list, order, test.taught))
		t.Logf("taught %v: %d of %d pairs differ", test.taught, differ, either)
		if ratio(differ, either) > test.bound {
			t.Errorf("taught %v: %d of %d pairs differ, want at most %.0f %%", test.taught, differ, either, 100*test.bound)
		}
	}
}

// Of two that bear one date, the marked version is the later, whichever comes
// first.
func TestVersionsOfOneMoment(t *testing.T) {
	v := &Vocabulary{}
	body := "The council of Brinmouth voted on Tuesday to close the old bridge to lorries after engineers found cracks in two pillars, the mayor said."
	one := &Print{Fingerprint: NewFingerprint(&Article{Title: "Brinmouth to close bridge", Summary: body}, v), Source: 1}
	lead := &Print{Fingerprint: NewFingerprint(&Article{Title: "(LEAD) Brinmouth closes bridge to lorries", Summary: body}, v), Source: 1}
	if a, b := Alike(one, lead, v), Alike(lead, one, v); a.Score != b.Score || !later(one, lead) || !later(lead, one) {
		t.Errorf("%.2f one way, %.2f the other", a.Score, b.Score)
	}
}

// A comparison is of two Articles that are the same report, or not.
type comparison struct {
	name string
	a, b *Print
	same bool
}

// compare compares all pairs.
func compare(t *testing.T, v *Vocabulary, all ...comparison) {
	t.Helper()
	for _, c := range all {
		if got := Alike(c.a, c.b, v); got.Same != c.same {
			t.Errorf("%s: %.1f, %s", c.name, got.Score, got.Reason())
		}
	}
}

// What a wire marks as a later version of a headline is one, however its text was
// written anew, and so is the flash before it, under which there is nothing but the
// agency's notice.
func TestVersionsOfOneHeadline(t *testing.T) {
	v := &Vocabulary{}
	flash := text{"快讯：霖港市长宣布关闭旧桥", "【版权归海湾社所有，未经授权严禁转载复制】"}
	plain := text{"霖港市长宣布关闭旧桥", "海湾社霖港11月19日电 霖港市长周四与到访的邻市代表团举行会谈，双方预计就港口扩建交换意见，代表团明日启程返回。"}
	full := text{"详讯：霖港市长宣布关闭旧桥", "海湾社霖港11月19日电 两座桥墩出现裂缝后，工程师建议立即停止通行，市议会将在下周审议重建所需的四亿元预算，渡轮班次将增加一倍。"}
	compare(t, v, []comparison{
		{"in full, after two hours", plain.by(1, 0, v), full.by(1, 2, v), true},
		{"in full, after the flash", flash.by(1, 0, v), full.by(1, 1, v), true},
		{"of another source", plain.by(1, 0, v), full.by(2, 2, v), false},
		{"after two days", plain.by(1, 0, v), full.by(1, 48, v), false},
		{"no version of what came later", full.by(1, 0, v), plain.by(1, 2, v), false},
	}...)
}

// A flash's text is its headline again, as if there were none: what follows it under
// a headline written anew is found by the headlines.
func TestFlashRepeatsItsHeadline(t *testing.T) {
	v := &Vocabulary{}
	for _, body := range []string{"", "[속보] 진도 앞바다서 62명 탄 여객선 침몰…해경 구조중", "진도 앞바다서 62명 탄 여객선 침몰… 해경 구조 중 (끝)"} {
		flash := text{"[속보] 진도 앞바다서 62명 탄 여객선 침몰…해경 구조중", body}.by(1, 0, v)
		first := text{"[1보] 진도 앞바다서 62명 탄 여객선 침몰…20명 구조", "28일 오전 8시 42분께 전남 진도군 앞바다에서 승객과 승무원을 태운 배 하늘5호가 침몰했다."}.by(1, 0.2, v)
		if l := Alike(flash, first, v); !l.Same {
			t.Errorf("%q: %.1f, %s", body, l.Score, l.Reason())
		}
	}
}

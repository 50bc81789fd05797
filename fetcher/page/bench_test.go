package page

import "testing"

// BenchmarkRead reads all real pages once; BenchmarkLibrary is what the library
// takes for them by itself, HTML parsed and all.
func BenchmarkRead(b *testing.B) {
	all := samples(b)
	b.ReportAllocs()
	for b.Loop() {
		for i := range all {
			_, _ = Read(all[i].body, "text/html", all[i].url, all[i].src)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(all)), "µs/page")
}

func BenchmarkLibrary(b *testing.B) {
	all := samples(b)
	b.ReportAllocs()
	for b.Loop() {
		for i := range all {
			readAlone(b, &all[i])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(all)), "µs/page")
}

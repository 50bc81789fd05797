package web

import (
	"net/http"
	"os"
	"testing"
)

// TestShow serves the made-up library until interrupted, so that one can look
// at the pages: SHOW=127.0.0.1:8080 go test -run TestShow ./feed/web
func TestShow(t *testing.T) {
	address := os.Getenv("SHOW")
	if address == "" {
		t.Skip("SHOW is not set to an address")
	}
	site, _ := newSite(newLibrary())
	t.Fatal(http.ListenAndServe(address, site))
}

//go:build !unix

package main

// openFiles returns 0: nobody says how many files this process may have open.
func openFiles() int { return 0 }

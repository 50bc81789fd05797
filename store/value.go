package store

import (
	"encoding/json"
	"time"
)

// millis returns a time as the tables have it.
func millis(t time.Time) int64 { return t.UnixMilli() }

// nullMillis returns nil for a zero time.
func nullMillis(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// jsonOf returns texts as JSON.
func jsonOf(v any) string {
	text, _ := json.Marshal(v) // strings and numbers always marshal
	return string(text)
}

// jsonOrNil returns a list as JSON, nil if it is empty.
func jsonOrNil[T any](list []T) any {
	if len(list) == 0 {
		return nil
	}
	return jsonOf(list)
}

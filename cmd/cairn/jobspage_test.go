package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A site that gives its own name our address is the same site to a browser:
// by that name nothing is answered.
func TestThePageOfJobsKnowsItsNames(t *testing.T) {
	t.Parallel()
	page := onlyNamed("cairn.internal", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	for host, want := range map[string]int{
		"127.0.0.1:9464": http.StatusNoContent, "localhost:9464": http.StatusNoContent, "[::1]:9464": http.StatusNoContent, "10.0.0.7": http.StatusNoContent, "Cairn.internal:9464": http.StatusNoContent,
		"evil.example:9464": http.StatusForbidden, "127.0.0.1.evil.example": http.StatusForbidden, "localhost.evil.example:9464": http.StatusForbidden, "": http.StatusForbidden,
	} {
		r := httptest.NewRequest(http.MethodPost, "/jobs/api/jobs/cancel", nil)
		r.Host = host
		r.Header.Set("Origin", "http://"+host)
		w := httptest.NewRecorder()
		page.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("asked for as %q: status %d, want %d", host, w.Code, want)
		}
	}
}

// On an address that others reach it is served only where that was said too.
func TestThePageOfJobsIsNotForTheNetwork(t *testing.T) {
	t.Parallel()
	for _, listen := range []string{"0.0.0.0:9464", ":9464", "[::]:9464", "10.0.0.7:9464", "cairn.internal:9464"} {
		if _, err := jobsPage(t.Context(), nil, listen, false, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "CAIRN_JOBS_PAGE_OPEN") {
			t.Errorf("%s: %v", listen, err)
		}
	}
	for _, host := range []string{"127.0.0.1", "localhost", "::1"} {
		if !loopback(host) {
			t.Errorf("%s is not taken for this machine alone", host)
		}
	}
}

package post_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cairn/bot/post"
)

// The token goes to Slack's own hosts only, and nothing else is asked.
func TestFetchAsksSlackOnly(t *testing.T) {
	var asked atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	t.Cleanup(other.Close)
	f, err := post.NewFiles("xoxb-secret", "", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	host := strings.TrimPrefix(other.URL, "http://")
	for _, address := range []string{other.URL + "/files-pri/x", "http://files.slack.com/x", "https://files.slack.com.evil.example/x", "https://files.slack.com@" + host + "/x",
		"https://evil.example/?files.slack.com", "file:///etc/passwd", "//" + host + "/x", "https://docs.google.example/d/1", "", "::"} {
		if _, err := f.Fetch(t.Context(), address, 100); !errors.Is(err, post.ErrForeign) {
			t.Errorf("%q: %v", address, err)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("%d requests went to another host", n)
	}
}

func TestFetch(t *testing.T) {
	var elsewhere atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	t.Cleanup(other.Close)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer xoxb-secret" {
			http.Redirect(w, r, "/login", http.StatusFound)
			return
		}
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, other.URL, http.StatusFound)
		case "/page":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		case "/gone":
			http.NotFound(w, r)
		case "/long":
			_, _ = w.Write([]byte(strings.Repeat("x", 101)))
		default:
			_, _ = w.Write([]byte("title: x"))
		}
	}))
	t.Cleanup(srv.Close)
	f, err := post.NewFiles("xoxb-secret", srv.URL+"/api/", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if data, err := f.Fetch(t.Context(), srv.URL+"/files/F1/a.prompt", 100); err != nil || string(data) != "title: x" {
		t.Errorf("%q %v", data, err)
	}
	for path, want := range map[string]error{"/away": post.ErrWithheld, "/page": post.ErrWithheld, "/long": post.ErrTooLarge} {
		if _, err := f.Fetch(t.Context(), srv.URL+path, 100); !errors.Is(err, want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := f.Fetch(t.Context(), srv.URL+"/gone", 100); err == nil || strings.Contains(err.Error(), "xoxb") {
		t.Errorf("a file that is gone: %v", err)
	}
	if elsewhere.Load() != 0 {
		t.Error("a redirect was followed to another host")
	}
	if _, err := post.NewFiles("x", "nowhere", time.Second); err == nil {
		t.Error("no address was taken for one")
	}
	unknown, err := post.NewFiles("xoxb-other", srv.URL, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := unknown.Fetch(t.Context(), srv.URL+"/files/F1/a", 100); !errors.Is(err, post.ErrWithheld) {
		t.Errorf("with another token: %v", err)
	}
}

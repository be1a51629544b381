package page_test

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cairn/bot/slacksim/page"
)

// sourceHash is build.mjs's hash(): one line "sha256  path" a file, sorted by
// path, and the hash of those lines.
func sourceHash(t *testing.T) string {
	t.Helper()
	files := []string{"build.mjs", "package-lock.json", "package.json", "tsconfig.json"}
	err := filepath.WalkDir("src", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, filepath.ToSlash(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	lines := sha256.New()
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(lines, "%x  %s\n", sha256.Sum256(body), f)
	}
	return hex.EncodeToString(lines.Sum(nil))
}

func TestDistIsBuiltFromTheseSources(t *testing.T) {
	got, err := fs.ReadFile(page.Files(), "SOURCES")
	if err != nil {
		t.Fatal(err)
	}
	if want := sourceHash(t); strings.TrimSpace(string(got)) != want {
		t.Errorf("dist/ was built from other sources (%.12s…, these are %.12s…): run go generate ./bot/slacksim/page and commit dist/", got, want)
	}
}

// The page must open with no network: no address of another host in what the
// browser loads by itself.
func TestIndexLoadsOnlyItsOwnFiles(t *testing.T) {
	index, err := fs.ReadFile(page.Files(), "index.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`src="page.js"`, `href="page.css"`, "default-src 'none'"} {
		if !strings.Contains(string(index), want) {
			t.Errorf("index.html lacks %s", want)
		}
	}
	css := served(t, "/page.css", "text/css; charset=utf-8")
	served(t, "/page.js", "text/javascript; charset=utf-8")
	served(t, "/LICENSES.txt", "text/plain; charset=utf-8")
	for _, bad := range []string{"url(http", "url(//", "@import"} {
		if strings.Contains(css, bad) {
			t.Errorf("page.css has %s", bad)
		}
	}
}

// served is a file as a browser gets it.
func served(t *testing.T, path, kind string) string {
	t.Helper()
	w := httptest.NewRecorder()
	page.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	if got := w.Header().Get("Content-Type"); w.Code != http.StatusOK || got != kind || w.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("%s: status %d, %s", path, w.Code, got)
	}
	plain, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(plain)
	if err != nil || len(text) == 0 {
		t.Fatalf("%s: %d bytes, %v", path, len(text), err)
	}
	return string(text)
}

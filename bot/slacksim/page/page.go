// Package page holds the web page of the simulated Slack workspace: a React
// page in src/, built into dist/ and embedded, so that running it needs neither
// Node nor a network. It speaks the /sim API of the server around it, knows
// nothing of the app it shows, and fetches from no other host.
//
// After a change under src/: go generate ./bot/slacksim/page (needs Node), and
// commit dist/ with it. A test refuses a dist/ that is older than its sources.
package page

import (
	"bytes"
	"embed"
	"io/fs"
	"net/http"
	"time"
)

//go:generate npm ci --ignore-scripts --no-audit --no-fund
//go:generate npm run check
//go:generate npm run build

//go:embed dist
var dist embed.FS

// Files are the page's files with index.html at the root. The script is
// compressed: page.js.gz.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("page: " + err.Error()) // the name is the embedded folder's own
	}
	return sub
}

// Handler serves the page at "/", for the server that answers /sim.
func Handler() http.Handler {
	files := Files()
	script, err := fs.ReadFile(files, "page.js.gz")
	if err != nil {
		panic("page: " + err.Error()) // it is embedded
	}
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServerFS(files))
	mux.HandleFunc("GET /page.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		http.ServeContent(w, r, "page.js", time.Time{}, bytes.NewReader(script))
	})
	return mux
}

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

// Files are the page's files with index.html at the root. All but it are
// compressed: page.js.gz.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("page: " + err.Error()) // the name is the embedded folder's own
	}
	return sub
}

// compressed are the files that travel as they are embedded, by what they are.
var compressed = map[string]string{
	"page.js":      "text/javascript; charset=utf-8",
	"page.css":     "text/css; charset=utf-8",
	"LICENSES.txt": "text/plain; charset=utf-8",
}

// Handler serves the page at "/", for the server that answers /sim.
func Handler() http.Handler {
	files := Files()
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServerFS(files))
	for name, kind := range compressed {
		content, err := fs.ReadFile(files, name+".gz")
		if err != nil {
			panic("page: " + err.Error()) // it is embedded
		}
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Type", kind)
			http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
		})
	}
	return mux
}

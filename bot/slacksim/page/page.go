// Package page holds the web page of the simulated Slack workspace: a React
// page in src/, built into dist/ and embedded, so that running it needs neither
// Node nor a network. It speaks the /sim API of the server around it, knows
// nothing of the app it shows, and fetches from no other host.
//
// After a change under src/: go generate ./bot/slacksim/page (needs Node), and
// commit dist/ with it. A test refuses a dist/ that is older than its sources.
package page

import (
	"embed"
	"io/fs"
)

//go:generate npm ci --ignore-scripts --no-audit --no-fund
//go:generate npm run check
//go:generate npm run build

//go:embed dist
var dist embed.FS

// Files are the page's files with index.html at the root, to be served at "/"
// of the server that answers /sim.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("page: " + err.Error()) // the name is the embedded folder's own
	}
	return sub
}

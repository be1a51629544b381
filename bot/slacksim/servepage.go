package slacksim

import (
	"net/http"

	"cairn/bot/slacksim/page"
)

// servePage gives the page's files. What they may load stands in the page
// itself; that no other site may frame them can only be said here.
func servePage() http.Handler {
	files := page.Handler()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-cache")
		files.ServeHTTP(w, r)
	})
}

// servePermalink leads from a message's permalink to its channel on the page.
func servePermalink(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/#/"+r.PathValue("channel"), http.StatusFound)
}

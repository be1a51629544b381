package slacksim

import "net/http"

func servePage() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "the page of the simulated workspace is not built in", http.StatusServiceUnavailable)
	})
}

package slacksim_test

import (
	"testing"

	"github.com/gorilla/websocket"
)

var dialer = websocket.Dialer{}

func socketURL(t *testing.T, w *world) string {
	t.Helper()
	_, url, err := w.api.StartSocketModeContext(ctx(t))
	if err != nil {
		t.Fatal(err)
	}
	return url
}

func dial(t *testing.T, w *world) *websocket.Conn { t.Helper(); return dialURL(t, socketURL(t, w)) }

func dialURL(t *testing.T, url string) *websocket.Conn {
	t.Helper()
	conn, resp, err := dialer.DialContext(ctx(t), url, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

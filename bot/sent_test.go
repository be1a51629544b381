package bot

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"cairn/bot/chat"
	"cairn/bot/suggest"
	"cairn/bot/watch"
	"cairn/store"
)

// What of several items does not stand is told apart from what nobody knows of, and either
// counts as lines do.
func TestWhatOfSeveralItemsDoesNotStand(t *testing.T) {
	t.Parallel()
	r := &chat.Request{Delivery: store.Delivery{Kind: chat.KindCommand}, Command: "/coach", Typed: "sent dana a, b & c, d"}
	rest := []suggest.Item{{Title: "B & C"}, {Title: "D"}}
	for _, c := range []struct {
		rest   []suggest.Item
		err    error
		want   string
		counts string
	}{
		{rest, errors.New("broken"), "Given: A.\n*NOT saved: “B &amp; C”, “D”.* Send that once more", `outcome="not_saved"`},
		{rest, store.ErrUnavailable, "*NOT saved: “B &amp; C”, “D”.* The database cannot be reached just now. Send that once more", `outcome="not_saved"`},
		{rest, store.ErrUnknown, "*Not confirmed: “B &amp; C”.* The connection to the database broke while it was being saved: it may stand or not. *NOT saved: “D”.* Send that", `outcome="not_confirmed"`},
		{rest[1:], errors.Join(store.ErrUnknown, context.DeadlineExceeded), "*Not confirmed: “D”.* The database took too long while it was being saved: it may stand or not. Send that", `outcome="not_confirmed"`},
	} {
		meters := watch.NewMeters()
		b := &Bot{cfg: Config{Log: slog.New(slog.DiscardHandler)}, meters: meters, commands: commands()}
		if got := b.gaveSome(r, "Given: A.\n", c.rest, nil, c.err).Message.Blocks[0].(*slack.SectionBlock).Text.Text; !strings.Contains(got, c.want) {
			t.Errorf("%v: %s", c.err, got)
		}
		page := httptest.NewRecorder()
		watch.Handler(meters, watch.NewReadiness(nil, b.cfg.Log), nil).ServeHTTP(page, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		if want := `cairn_unsaved_total{` + c.counts + `} 1`; !strings.Contains(page.Body.String(), want) {
			t.Errorf("%v: not counted as %s", c.err, want)
		}
	}
}

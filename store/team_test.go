package store_test

import (
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

// A clock that was moved ahead goes on from where the rows say it had been.
func TestLatestMoment(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	if err := st.SetTeam(ctx, "T1", "One"); err != nil {
		t.Fatal(err)
	}
	if at, err := st.LatestMoment(ctx, "T1"); err != nil || !at.IsZero() {
		t.Errorf("nothing was yet, and the latest moment is %v, %v", at, err)
	}
	ahead := time.Now().Add(90 * time.Minute).Truncate(time.Microsecond)
	for i, at := range []time.Time{ahead, ahead.Add(-time.Hour)} {
		d := store.Delivery{TeamID: "T1", PersonID: "U1", EnvelopeID: string(rune('a' + i)), Kind: "command", Key: string(rune('k' + i)), Payload: []byte("x"), At: at}
		if _, err := st.Receive(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	if at, err := st.LatestMoment(ctx, "T1"); err != nil || !at.Equal(ahead) {
		t.Errorf("the latest moment is %v, %v; want %v", at, err, ahead)
	}
	if at, err := st.LatestMoment(ctx, "T2"); err != nil || !at.IsZero() {
		t.Errorf("another team's: %v, %v", at, err)
	}
}

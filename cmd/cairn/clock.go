package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"time"

	"cairn/bot/digest"
	"cairn/store"
)

// channelSales is where the sample team works, and gets its digest.
const channelSales = "C0SALES"

// clock runs with the machine's and can be moved ahead: so a newcomer sees
// Monday's digest without waiting for Monday.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
	moved func() // told once it was moved
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

// set moves the clock to a later moment; what was recorded would lie in the
// future of an earlier one.
func (c *clock) set(to time.Time) error {
	c.mu.Lock()
	ahead, moved := time.Until(to), c.moved
	if ahead < c.ahead {
		c.mu.Unlock()
		return errors.New("time goes forward only, here too. `cairn try --fresh` starts again from today")
	}
	c.ahead = ahead
	c.mu.Unlock()
	if moved != nil { // with the clock let go: whoever is told looks at it
		moved()
	}
	return nil
}

// tell has moved told from now on; the page may be there before the bot is.
func (c *clock) tell(moved func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moved = moved
}

// schedule gives the sample team its digest, on Mondays at nine, and takes the
// clock to where it was left.
func schedule(ctx context.Context, s *store.Store, c *clock, by string) error {
	_, err := s.Schedule(ctx, sampleTeam, channelSales)
	if errors.Is(err, store.ErrNotFound) {
		zone := homeZone()
		w := digest.Weekly{Day: time.Monday, Minute: 9 * 60, Zone: zone}
		_, err = s.SetSchedule(ctx, store.Schedule{TeamID: sampleTeam, Channel: channelSales, Day: w.Day, Minute: w.Minute, Zone: zone.String(), Dates: "en", By: by},
			func(time.Time, func(int, int) bool) time.Time { return w.Next(c.now()) })
		return err
	}
	if err != nil {
		return err
	}
	last, err := s.LatestMoment(ctx, sampleTeam)
	if err == nil && last.After(c.now()) {
		return c.set(last)
	}
	return err
}

// homeZone is this machine's time zone by its IANA name, which is also the
// browser's, so that the page's "Monday, 9:00" is the digest's; UTC where the
// machine does not say.
func homeZone() *time.Location {
	name := time.Local.String()
	if link, err := os.Readlink("/etc/localtime"); name == "Local" && err == nil {
		_, name, _ = strings.Cut(link, "zoneinfo/")
	}
	if zone, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
		return zone
	}
	return time.UTC
}

package watch

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Backlog is what an outbox holds: how many postings by state, sent ones left
// out, and how long the oldest that should have left has been waiting.
type Backlog struct {
	States map[string]int64
	Oldest time.Duration
}

// askLimit bounds what is asked when somebody looks.
const askLimit = 2 * time.Second

// outbox asks for the backlog whenever the figures are read.
type outbox struct {
	ask func(context.Context) (Backlog, error)
}

var (
	outboxRows = prometheus.NewDesc("cairn_outbox_postings", "Postings that have not been sent, by state.", []string{"state"}, nil)
	outboxAge  = prometheus.NewDesc("cairn_outbox_oldest_seconds", "How long the oldest posting that should have left has been waiting, also while it is tried again.", nil, nil)
	databaseUp = prometheus.NewDesc("cairn_database_up", "1 if the database answered when the figures were read.", nil, nil)
)

// states are shown also where they hold nothing, so that an alert on them has
// something to look at.
var states = []string{"pending", "sending", "unknown", "failed", "parked"}

// WatchOutbox has the backlog asked for whenever the figures are read. Call it
// once.
func (m *Meters) WatchOutbox(ask func(context.Context) (Backlog, error)) {
	m.registry.MustRegister(outbox{ask})
}

func (outbox) Describe(ch chan<- *prometheus.Desc) {
	ch <- outboxRows
	ch <- outboxAge
	ch <- databaseUp
}

func (o outbox) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), askLimit)
	defer cancel()
	b, err := o.ask(ctx)
	if err != nil {
		ch <- prometheus.MustNewConstMetric(databaseUp, prometheus.GaugeValue, 0)
		return
	}
	ch <- prometheus.MustNewConstMetric(databaseUp, prometheus.GaugeValue, 1)
	for _, s := range states {
		ch <- prometheus.MustNewConstMetric(outboxRows, prometheus.GaugeValue, float64(b.States[s]), s)
	}
	ch <- prometheus.MustNewConstMetric(outboxAge, prometheus.GaugeValue, b.Oldest.Seconds())
}

// Package watch lets those who run Cairn look at it: figures for Prometheus,
// and whether the process lives and is fit to serve.
//
// It knows nothing of what it watches. The other rooms call the methods of
// [Meters] as things happen, and hand in what is to be asked when somebody
// looks. Nothing in the figures names a person, a contact or a team.
package watch

import (
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Meters are the figures of one process. Its methods may be called from any
// goroutine.
type Meters struct {
	registry    *prometheus.Registry
	acks        *prometheus.HistogramVec
	receipts    prometheus.Counter
	unsaved     *prometheus.CounterVec
	again       *prometheus.CounterVec
	posts       *prometheus.CounterVec
	modelCalls  *prometheus.CounterVec
	modelTime   prometheus.Histogram
	modelTokens prometheus.Counter
	modelCost   prometheus.Counter
	digestLate  prometheus.Histogram
	digestOut   *prometheus.CounterVec
	sockets     prometheus.Gauge
	reconnects  prometheus.Counter
}

// NewMeters returns meters that stand at nought, with those of the Go runtime
// and the process.
func NewMeters() *Meters {
	m := &Meters{registry: prometheus.NewRegistry()}
	// an ack has 2.5 s by our promise and 3 s by Slack's; 1.7 ms is what one
	// costs on an idle machine
	m.acks = histograms("cairn_ack_seconds", "From the envelope's arrival to its ack.",
		[]float64{.001, .002, .005, .01, .025, .05, .1, .25, .5, 1, 1.5, 2, 2.5, 3}, "kind")
	m.receipts = counter("cairn_receipts_total", "Interactions recorded and shown as recorded.")
	m.unsaved = counters("cairn_unsaved_total", "Lines answered with NOT saved, or as not confirmed.", "outcome")
	m.again = counters("cairn_redeliveries_total", "Deliveries that had come before and were not processed again.", "kind")
	m.posts = counters("cairn_posts_total", "Attempts to post, by what became of them.", "kind", "outcome")
	m.modelCalls = counters("cairn_model_calls_total", "Calls to a language model, by what became of them; wrong: the answer could not be used.", "purpose", "outcome")
	m.modelTime = histogram("cairn_model_seconds", "Time a call to a language model took.", []float64{.1, .25, .5, 1, 2, 5, 10, 20, 40})
	m.modelTokens = counter("cairn_model_tokens_total", "Tokens that calls to a language model took, in and out.")
	m.modelCost = counter("cairn_model_cost_dollars_total", "What calls to a language model cost, at the prices that were set.")
	m.digestLate = histogram("cairn_digest_lateness_seconds", "From the time a digest was set for to its post.",
		[]float64{1, 5, 15, 60, 300, 900, 3600, 6 * 3600, 36 * 3600})
	m.digestOut = counters("cairn_digests_total", "Digests: made, and posted once they stand in their channel.", "outcome")
	m.sockets = prometheus.NewGauge(prometheus.GaugeOpts{Name: "cairn_sockets_up", Help: "Socket Mode connections that are up."})
	m.reconnects = counter("cairn_socket_reconnects_total", "Socket Mode connections that were opened anew.")
	m.registry.MustRegister(m.acks, m.receipts, m.unsaved, m.again, m.posts, m.modelCalls, m.modelTime, m.modelTokens, m.modelCost,
		m.digestLate, m.digestOut, m.sockets, m.reconnects,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	begin(m.unsaved, []string{"not_saved", "not_confirmed"})
	begin(m.again, deliveries)
	begin(m.posts, []string{"message", "dm", "response", "told"},
		[]string{"sent", "retry", "limited", "doubtful", "unknown", "failed", "parked", "diverted", "halted"})
	begin(m.digestOut, []string{"made", "posted"})
	for _, kind := range deliveries {
		m.acks.WithLabelValues(kind)
	}
	return m
}

// deliveries are the kinds of what Slack delivers.
var deliveries = []string{"command", "action", "submission", "shortcut", "event"}

// begin shows a counter at nought for every combination of these labels: a
// figure that comes into being with its first event is 1 at once, and no alert
// on an increase sees that event.
func begin(v *prometheus.CounterVec, labels ...[]string) {
	all := [][]string{nil}
	for _, of := range labels {
		var next [][]string
		for _, before := range all {
			for _, value := range of {
				next = append(next, append(slices.Clone(before), value))
			}
		}
		all = next
	}
	for _, values := range all {
		v.WithLabelValues(values...)
	}
}

func counter(name, help string) prometheus.Counter {
	return prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

func histogram(name, help string, buckets []float64) prometheus.Histogram {
	return prometheus.NewHistogram(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets})
}

func histograms(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
}

// Acked counts an ack: of a command, action, submission, shortcut or event.
func (m *Meters) Acked(kind string, seconds float64) { m.acks.WithLabelValues(kind).Observe(seconds) }

// Receipt counts a line that was recorded and shown as recorded.
func (m *Meters) Receipt() { m.receipts.Inc() }

// Unsaved counts a line that was not: outcome is not_saved or not_confirmed.
func (m *Meters) Unsaved(outcome string) { m.unsaved.WithLabelValues(outcome).Inc() }

// Again counts a delivery that had come before.
func (m *Meters) Again(kind string) { m.again.WithLabelValues(kind).Inc() }

// Posted counts an attempt to post.
func (m *Meters) Posted(kind, outcome string) { m.posts.WithLabelValues(kind, outcome).Inc() }

// Asked counts a call to a language model: what for (read, draft, phrase),
// what became of it (ok, or a fault of bot/llm: wrong where the answer could not
// be used), how long it took, and what it cost in tokens and US dollars. A call
// that was not made took no time.
func (m *Meters) Asked(purpose, outcome string, took time.Duration, tokens int, dollars float64) {
	m.modelCalls.WithLabelValues(purpose, outcome).Inc()
	if took > 0 {
		m.modelTime.Observe(took.Seconds())
	}
	m.modelTokens.Add(float64(max(tokens, 0)))
	m.modelCost.Add(max(dollars, 0))
}

// Digest counts a digest: made, as it stands in the ledger, or posted, as it
// stands in its channel, and how late it came there.
func (m *Meters) Digest(outcome string, late time.Duration) {
	m.digestOut.WithLabelValues(outcome).Inc()
	if outcome == "posted" {
		m.digestLate.Observe(max(late, 0).Seconds())
	}
}

// SocketsUp sets how many sockets are up.
func (m *Meters) SocketsUp(n int) { m.sockets.Set(float64(n)) }

// Reconnected counts a socket that was opened anew.
func (m *Meters) Reconnected() { m.reconnects.Inc() }

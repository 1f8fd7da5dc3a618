package bot

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whois24/whois24/events/stream"
)

// depthTimeout is how long a scrape waits for the store; Prometheus itself gives up after ten seconds.
const depthTimeout = time.Second

var (
	waitingEvents = prometheus.NewDesc("whois24_waiting_events", "Events in the store that no worker has taken yet.", nil, nil)
	inHandEvents  = prometheus.NewDesc("whois24_in_hand_events", "Events that a worker has taken, or that wait for another try.", nil, nil)
	deadEvents    = prometheus.NewDesc("whois24_dead_events", "Events that were given up; whois24 dead list shows them.", nil, nil)
)

// depthGauges count what is in the store when somebody asks. All processes on one store tell the same numbers.
type depthGauges struct {
	depth func(context.Context) (stream.Depth, error)
}

// Describe implements [prometheus.Collector].
func (depthGauges) Describe(to chan<- *prometheus.Desc) {
	to <- waitingEvents
	to <- inHandEvents
	to <- deadEvents
}

// Collect implements [prometheus.Collector]. While the store does not answer the gauges are missing: a stale number would
// look like a good one, and an error would take all other metrics along.
func (g depthGauges) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), depthTimeout)
	defer cancel()
	d, err := g.depth(ctx)
	if err != nil {
		return
	}
	to <- prometheus.MustNewConstMetric(waitingEvents, prometheus.GaugeValue, float64(d.Waiting))
	to <- prometheus.MustNewConstMetric(inHandEvents, prometheus.GaugeValue, float64(d.InHand))
	to <- prometheus.MustNewConstMetric(deadEvents, prometheus.GaugeValue, float64(d.Dead))
}

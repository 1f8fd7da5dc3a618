package bot

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are what an operator watches. Labels come from closed sets.
type Metrics struct {
	registry  *prometheus.Registry
	received  *prometheus.CounterVec
	settled   *prometheus.CounterVec
	answers   *prometheus.CounterVec
	delay     prometheus.Histogram
	requests  *prometheus.HistogramVec
	throttled *prometheus.CounterVec
	late      *prometheus.CounterVec
	effects   *prometheus.CounterVec
	unkeyed   *prometheus.CounterVec
}

// NewMetrics makes the metrics of one process, on a registry of their own.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		received: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "whois24_events_received_total",
			Help: "Events that arrived, by what became of them: stored, ignored, refused or failed.",
		}, []string{"kind", "outcome"}),
		settled: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "whois24_events_settled_total",
			Help: "Events taken from the store, by how they ended: answered, retry or dead.",
		}, []string{"outcome"}),
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "whois24_answers_total",
			Help: "Replies posted, by command; other is a command the bot does not have.",
		}, []string{"command"}),
		delay: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "whois24_answer_delay_seconds",
			Help:    "From storing an event to the end of its answer.",
			Buckets: []float64{.05, .1, .25, .5, 1, 2, 5, 10, 30, 60, 300, 1800},
		}),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "whois24_bitrix_request_seconds",
			Help:    "Calls to the portal, by method and HTTP status; status 0 is no answer.",
			Buckets: []float64{.025, .05, .1, .25, .5, 1, 2.5, 5, 15, 60},
		}, []string{"method", "status"}),
		throttled: newThrottled(),
		late:      newLateAnswers(),
		effects:   newEffects(),
		unkeyed:   newUnkeyed(),
	}
	m.registry.MustRegister(m.received, m.settled, m.answers, m.delay, m.requests, m.throttled, m.late, m.effects, m.unkeyed,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler serves the metrics as Prometheus text.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Transport counts and times the calls that go through next.
func (m *Metrics) Transport(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		start := time.Now()
		resp, err := next.RoundTrip(r)
		status := 0
		if err == nil {
			status = resp.StatusCode
		}
		m.requests.WithLabelValues(method(r.URL.Path), strconv.Itoa(status)).Observe(time.Since(start).Seconds())
		return resp, err
	})
}

// method is the last part of a REST path; the part before it may be a secret.
func method(path string) string {
	return strings.TrimSuffix(path[strings.LastIndexByte(path, '/')+1:], ".json")
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

package bot

import "github.com/prometheus/client_golang/prometheus"

var (
	servedPortals = prometheus.NewDesc("whois24_portals", "Portals that are served.", nil, nil)
	unwellPortals = prometheus.NewDesc("whois24_unwell_portals", "Portals that are not well; /readyz says what to do.", nil, nil)
)

// portalGauges count the portals when somebody asks.
type portalGauges struct{ portals *Portals }

// Describe implements [prometheus.Collector].
func (portalGauges) Describe(to chan<- *prometheus.Desc) {
	to <- servedPortals
	to <- unwellPortals
}

// Collect implements [prometheus.Collector].
func (g portalGauges) Collect(to chan<- prometheus.Metric) {
	served, unwell := g.portals.count()
	to <- prometheus.MustNewConstMetric(servedPortals, prometheus.GaugeValue, float64(served))
	to <- prometheus.MustNewConstMetric(unwellPortals, prometheus.GaugeValue, float64(unwell))
}

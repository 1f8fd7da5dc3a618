package portal

import "time"

// zone is the portal server's: all its dates have this offset, whoever asks.
var zone = time.FixedZone("", 3*60*60)

const day = 24 * time.Hour

func atom(t time.Time) string { return t.In(zone).Format(time.RFC3339) }

// atomOrFalse is how the portal writes a moment it may not know.
func atomOrFalse(t time.Time) any {
	if t.IsZero() {
		return false
	}
	return atom(t)
}

// times is the time block of an answer. Old portals say nothing of operating.
func (p *Portal) times(start, finish time.Time, o *operating) array {
	took := finish.Sub(start).Seconds()
	t := array{
		{"start", unix(start)},
		{"finish", unix(finish)},
		{"duration", took},
		{"processing", took},
		{"date_start", atom(start)},
		{"date_finish", atom(finish)},
	}
	if o == nil || p.options.Profile == Old {
		return t
	}
	return append(t, entry{"operating_reset_at", o.reset.Unix()}, entry{"operating", o.spent.Seconds()})
}

func unix(t time.Time) float64 { return float64(t.UnixMicro()) / 1e6 }

// spent adds a run of a method to what it has cost.
func (p *Portal) spent(method string, start, finish time.Time) *operating {
	o := p.operating[method]
	if o == nil {
		o = &operating{}
		p.operating[method] = o
	}
	o.add(finish, finish.Sub(start))
	return o
}

package bot

import "time"

// WorkerOptions are what a Worker needs. Portals, Effects, Questions, Answers, Memory and Wakes are required.
type WorkerOptions struct {
	Portals   *Portals
	Texts     Texts
	Effects   Effects
	Questions Questions
	Answers   Answers
	Memory    Memory
	Wakes     Wakes
	Limits    Limits
	Now       func() time.Time                            // default time.Now
	Delay     func(err error, failures int) time.Duration // before another try; default: longer each time, a minute at most

	watch *watcher // default: one that nobody looks at
}

// NewWorker makes a worker for those who bring it the events themselves, and settle them as [Worker.Handle] says.
func NewWorker(o WorkerOptions) *Worker {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Delay == nil {
		o.Delay = delay
	}
	if o.watch == nil {
		o.watch = &watcher{metrics: NewMetrics(), console: NewConsole(nil), known: o.Portals.know, now: o.Now}
	}
	return &Worker{
		portals: o.Portals, texts: o.Texts, effects: o.Effects, asked: o.Questions, answers: o.Answers, memory: o.Memory,
		wakes: o.Wakes, fair: newFairnesses(o.Limits, o.Portals), trials: newTrials(), now: o.Now, delay: o.Delay, watch: *o.watch,
	}
}

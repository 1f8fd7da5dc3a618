package events

import (
	"context"
	"errors"
	"time"
)

// What a gate has room for. When an application has a new version, all its portals say so at once: they may wait a little.
const (
	gateInside  = 4
	gateWaiting = 64
	gateWait    = 5 * time.Second
)

var errCrowded = errors.New("too many at once")

// gate lets few in at a time, and few wait before it.
type gate struct{ inside, all chan struct{} }

func newGate() gate {
	return gate{inside: make(chan struct{}, gateInside), all: make(chan struct{}, gateInside+gateWaiting)}
}

// enter waits for room inside, which leave makes again.
func (g gate) enter(ctx context.Context) (leave func(), err error) {
	select {
	case g.all <- struct{}{}:
	default:
		return nil, errCrowded
	}
	patience := time.NewTimer(gateWait)
	defer patience.Stop()
	select {
	case g.inside <- struct{}{}:
		return func() { <-g.inside; <-g.all }, nil
	case <-patience.C:
		err = errCrowded
	case <-ctx.Done():
		err = ctx.Err()
	}
	<-g.all
	return nil, err
}

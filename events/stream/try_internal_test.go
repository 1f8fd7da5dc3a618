package stream

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// TestTimeForATry: a worker has HandleTimeout, and when it is to stop, StopTimeout from then on.
func TestTimeForATry(t *testing.T) {
	for name, c := range map[string]struct{ stopAfter, want time.Duration }{
		"nobody stops it":        {time.Hour, HandleTimeout},
		"it is to stop":          {time.Second, time.Second + StopTimeout},
		"it is to stop too late": {HandleTimeout - time.Second, HandleTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, stop := context.WithTimeout(t.Context(), c.stopAfter)
				defer stop()
				begun := time.Now()
				try(ctx, job{}, func(ctx context.Context, _ Delivery) Settlement {
					<-ctx.Done()
					return Done()
				})
				if took := time.Since(begun); took != c.want {
					t.Errorf("it took %v, want %v", took, c.want)
				}
			})
		})
	}
}

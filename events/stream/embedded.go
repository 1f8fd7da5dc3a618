package stream

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/rs/zerolog"
)

// embedded is a NATS server inside this process, with no port.
type embedded struct {
	server *server.Server
	lock   *flock.Flock
}

// startEmbedded opens the store in dir. NATS itself does not notice a second process on the same store, so
// a lock keeps it out.
func startEmbedded(dir string, log zerolog.Logger) (*embedded, error) {
	lock, err := lockDir(dir)
	if err != nil {
		return nil, err
	}
	srv, err := server.NewServer(serverOptions(dir))
	if err != nil {
		_ = lock.Unlock()
		return nil, fmt.Errorf("embedded NATS in %s: %w", dir, err)
	}
	srv.SetLoggerV2(natsLog{log}, false, false, false)
	srv.Start()
	e := &embedded{server: srv, lock: lock}
	if !srv.ReadyForConnections(30 * time.Second) { // a million stored events take 2 s
		e.stop()
		return nil, fmt.Errorf("embedded NATS in %s did not start within 30 s", dir)
	}
	return e, nil
}

func lockDir(dir string) (*flock.Flock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("store folder: %w", err)
	}
	lock := flock.New(filepath.Join(dir, ".lock"))
	switch ok, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	case !ok:
		return nil, errors.New("another process uses the store in " + dir)
	}
	return lock, nil
}

func serverOptions(dir string) *server.Options {
	return &server.Options{
		ServerName: "whois24",
		DontListen: true,
		NoSigs:     true,
		JetStream:  true,
		StoreDir:   dir,
		// Acknowledge after fsync. Without it a power cut takes the last half minute of acknowledged events along.
		SyncAlways:         true,
		JetStreamMaxMemory: 64 << 20,
		JetStreamMaxStore:  8 << 30, // said outright; the default is three quarters of the disk
		MaxPayload:         1 << 20,
	}
}

func (e *embedded) stop() {
	e.server.Shutdown()
	e.server.WaitForShutdown()
	_ = e.lock.Unlock()
}

// natsLog passes the server's log on; what it finds notable is detail to us.
type natsLog struct{ log zerolog.Logger }

func (l natsLog) Noticef(format string, v ...any) { l.log.Debug().Str("nats", fmt.Sprintf(format, v...)).Msg("embedded nats") }
func (l natsLog) Warnf(format string, v ...any)   { l.log.Warn().Str("nats", fmt.Sprintf(format, v...)).Msg("embedded nats") }
func (l natsLog) Errorf(format string, v ...any)  { l.log.Error().Str("nats", fmt.Sprintf(format, v...)).Msg("embedded nats") }
func (l natsLog) Fatalf(format string, v ...any)  { l.log.Error().Str("nats", fmt.Sprintf(format, v...)).Msg("embedded nats") }
func (l natsLog) Debugf(string, ...any)           {}
func (l natsLog) Tracef(string, ...any)           {}

package stream

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/rs/zerolog"
)

// embedded is a NATS server inside this process. It has no port unless command processes are to connect.
type embedded struct {
	dir  string
	log  zerolog.Logger
	lock *flock.Flock
	port *port // nil: none

	mu       sync.Mutex
	server   *server.Server
	stopping bool
}

// startEmbedded opens the store in a folder. NATS itself does not notice a second process on the same store, so
// a lock keeps it out.
func startEmbedded(o Options) (*embedded, error) {
	lock, err := lockDir(o.Dir)
	if err != nil {
		return nil, err
	}
	e := &embedded{dir: o.Dir, log: o.Log, lock: lock}
	if e.port, err = newPort(o.Listen, o.CommandToken); err == nil {
		e.server, err = e.start()
	}
	if err != nil {
		_ = lock.Unlock()
		return nil, err
	}
	return e, nil
}

func (e *embedded) start() (*server.Server, error) {
	o := serverOptions(e.dir)
	e.port.open(o)
	srv, err := server.NewServer(o)
	if err != nil {
		return nil, fmt.Errorf("embedded NATS in %s: %w", e.dir, err)
	}
	srv.SetLoggerV2(natsLog{e.log}, false, false, false)
	srv.Start()
	if !srv.ReadyForConnections(30 * time.Second) { // a million stored events take 2 s
		srv.Shutdown()
		return nil, fmt.Errorf("embedded NATS in %s did not start within 30 s", e.dir)
	}
	return srv, nil
}

// ErrInUse is the error of a store that another process has open.
var ErrInUse = errors.New("another process uses this event store")

func lockDir(dir string) (*flock.Flock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("store folder: %w", err)
	}
	lock := flock.New(filepath.Join(dir, ".lock"))
	switch ok, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	case !ok:
		return nil, fmt.Errorf("%w: %s", ErrInUse, dir)
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

// InProcessConn connects a client to the server there is now: after a restart clients come back by themselves.
func (e *embedded) InProcessConn() (net.Conn, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.server.InProcessConn()
}

// restart has clients wait while they connect anew.
func (e *embedded) restart() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stopping {
		return
	}
	e.log.Error().Str("dir", e.dir).Msg("the event store does not answer; restarting it")
	e.server.Shutdown()
	e.server.WaitForShutdown()
	srv, err := e.start()
	if err != nil {
		e.log.Error().Err(err).Msg("the event store does not start again")
		return
	}
	e.server = srv
}

func (e *embedded) stop() {
	if e == nil {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.stopping = true
	e.server.Shutdown()
	e.server.WaitForShutdown()
	_ = e.lock.Unlock()
}

// natsLog passes the server's log on; what it finds notable is detail to us.
type natsLog struct{ log zerolog.Logger }

func (l natsLog) Noticef(format string, v ...any) { l.tell(zerolog.DebugLevel, format, v) }
func (l natsLog) Warnf(format string, v ...any)   { l.tell(zerolog.WarnLevel, format, v) }
func (l natsLog) Errorf(format string, v ...any)  { l.tell(zerolog.ErrorLevel, format, v) }
func (l natsLog) Fatalf(format string, v ...any)  { l.tell(zerolog.ErrorLevel, format, v) }
func (l natsLog) Debugf(string, ...any)           {}
func (l natsLog) Tracef(string, ...any)           {}

func (l natsLog) tell(level zerolog.Level, format string, v []any) {
	l.log.WithLevel(level).Str("nats", fmt.Sprintf(format, v...)).Msg("embedded nats")
}

package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"os"

	"golang.org/x/sync/errgroup"

	"github.com/whois24/whois24/bitrix"
)

// watchDemo is the demo with a worker built from the sources: this process keeps the portal and what is asked there.
func (in *input) watchDemo(ctx context.Context, s settings, webhook string, open func(*process)) error {
	w, err := in.newWorkshop(s)
	if err != nil {
		return err
	}
	defer os.RemoveAll(w.folder)
	p, err := newProcess(s.beside(), in)
	if err != nil {
		return err
	}
	defer p.close()
	open(p)
	w.environment = s.workerEnvironment(webhook, p.bot.Store.Admit(), w.admin)
	in.greet(s, w.admin, p.bot.Store.Address())
	return w.runBeside(ctx, p)
}

// runBeside ends p after the worker: the worker's store is there.
func (w *workshop) runBeside(ctx context.Context, p *process) error {
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	ctx, cancel := context.WithCancel(ctx)
	var g errgroup.Group
	g.Go(func() error {
		defer cancel()
		return p.run(serving)
	})
	g.Go(func() error {
		defer stop()
		return w.run(ctx)
	})
	return g.Wait()
}

// newWorkshop builds the sources that whois24 was started in. Whoever calls it removes the folder.
func (in *input) newWorkshop(s settings) (*workshop, error) {
	here, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	sources, err := findClone(here)
	if err != nil {
		return nil, err
	}
	l, err := listen("admin-listen", s.adminListen)
	if err != nil {
		return nil, err
	}
	_ = l.Close() // the worker listens there
	folder, err := os.MkdirTemp("", "whois24-watch-")
	if err != nil {
		return nil, fmt.Errorf("folder for builds: %w", err)
	}
	return &workshop{root: sources.root, folder: folder, admin: l.Addr(), stdout: in.stdout, stderr: in.stderr}, nil
}

// beside are the settings of the process that the worker is beside. The worker comes in where commands of one's own do, and what
// there is to see is at the worker.
func (s settings) beside() settings {
	s.adminListen = "127.0.0.1:0"
	if s.natsListen == "" {
		s.natsListen, s.commandToken = "127.0.0.1:0", bitrix.Secret(rand.Text())
	}
	return s
}

// workerEnvironment has all the settings of a process that answers what is stored elsewhere. It gets no others: those of this
// process may be for another portal.
func (s settings) workerEnvironment(webhook string, store bitrix.Secret, admin net.Addr) []string {
	environment := []string{
		"WHOIS24_PORTAL=" + webhook,
		"WHOIS24_NATS=" + store.Reveal(),
		"WHOIS24_PUBLIC_URL=" + s.publicURL,
		"WHOIS24_LISTEN=127.0.0.1:0", // nobody comes there
		"WHOIS24_ADMIN_LISTEN=" + admin.String(),
		"WHOIS24_LANG=" + s.lang,
		"WHOIS24_PRIVACY=" + s.privacy.String(),
		"WHOIS24_WORKING_HOURS=" + s.hours.String(),
		"WHOIS24_LOG_LEVEL=" + s.logLevel.String(),
		"WHOIS24_LOG_FORMAT=" + s.logFormat,
	}
	if s.zone != nil {
		environment = append(environment, "WHOIS24_TIMEZONE="+s.zone.String())
	}
	return environment
}

# What CI runs is `make check`. It needs Go, Chromium for the browser tests, and Node.js for those with Bitrix24's SDK.

.PHONY: check test lint fuzz bench soak

check: lint test

test:
	go test -race -shuffle=on ./...

lint:
	@test -z "$$(go tool gofumpt -l .)" || { echo "not formatted; run: go tool gofumpt -w ."; go tool gofumpt -l .; exit 1; }
	go vet ./...
	go fix -diff ./...
	go tool staticcheck ./...
	@out="$$(go tool deadcode -test ./...)"; test -z "$$out" || { echo "$$out"; exit 1; }
	go mod tidy -diff

# What strangers send, ten minutes each.
FUZZTIME ?= 10m
fuzz:
	go test ./bitrix -run=none -fuzz=FuzzForm -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x
	go test ./bitrix -run=none -fuzz=FuzzQueuedEvent -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x
	go test ./bitrix -run=none -fuzz=FuzzPlain -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x
	go test ./commands -run=none -fuzz=FuzzLines -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x
	go test ./commands -run=none -fuzz=FuzzSplit -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x
	go test ./commands -run=none -fuzz=FuzzArguments -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x
	go test ./commands -run=none -fuzz=FuzzButton -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x
	go test ./commands -run=none -fuzz=FuzzSchema -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x
	go test ./commands -run=none -fuzz=FuzzWhois -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x
	go test ./commands/people -run=none -fuzz=FuzzFind -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x
	go test ./commands/people -run=none -fuzz=FuzzNewIndex -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x
	go test ./commands/remote -run=none -fuzz=FuzzMessage -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x

bench:
	go test -run=none -bench=. -benchmem ./bitrix ./events/...

# Events without end while processes are killed at random, on one machine and on three NATS nodes; prints its counts.
SOAK_EVENTS ?= 100000
SOAK_KILL_EVERY ?= 3s
soak:
	SOAK_EVENTS=$(SOAK_EVENTS) SOAK_KILL_EVERY=$(SOAK_KILL_EVERY) go test ./cmd/whois24 -run=Soak -count=1 -timeout=3h -v
